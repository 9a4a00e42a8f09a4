"""Repair through the unmodified SDK, and what we add to it over plain HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from camunda_orchestration_sdk import (
    CamundaClient,
    ProcessInstanceMigrationInstruction,
    ProcessInstanceModificationInstruction,
    ResumeProcessInstanceRequest,
    SuspendProcessInstanceRequest,
)
from camunda_orchestration_sdk.errors import BadRequestError, ConflictError

from tests.api.conftest import Server
from tests.api.test_sdk_tasks import sdk
from tests.contract.engine.models import end, process, start, user_task

TWO = process("two", [start(), user_task("a"), user_task("b"), end()],
              ["start a", "a b", "b end"])  # fmt: skip
THREE = process("two", [start(), user_task("first"), user_task("b"), user_task("c"), end()],
                ["start first", "first b", "b c", "c end"])  # fmt: skip
GATE = process("gated", [start(), '<bpmn:exclusiveGateway id="g"/>', end("x"), end("y")],
               ["start g", "g x =fee &gt; 1", "g y =fee &lt; 2"])  # fmt: skip


@pytest.fixture
def client(server: Server) -> Iterator[CamundaClient]:
    with sdk(server) as made:
        yield made


def deploy(admin: httpx.Client, file: tuple[str, bytes]) -> str:
    answer = admin.post("/v2/deployments", files=[("resources", (*file, "text/xml"))])
    found = answer.json()["deployments"][0]["processDefinition"]
    return str(found["processDefinitionKey"])


def begin(admin: httpx.Client, definition_key: str) -> str:
    body = {"processDefinitionKey": definition_key}
    return str(admin.post("/v2/process-instances", json=body).json()["processInstanceKey"])


def tasks(admin: httpx.Client, instance: str) -> list[str]:
    body = {"filter": {"processInstanceKey": instance, "state": "CREATED"}}
    return sorted(
        row["elementId"] for row in admin.post("/v2/user-tasks/search", json=body).json()["items"]
    )


def test_suspend_and_resume(client: CamundaClient, admin: httpx.Client) -> None:
    instance: Any = begin(admin, deploy(admin, TWO))

    client.suspend_process_instance(instance, data=SuspendProcessInstanceRequest())
    shown = client.get_process_instance(instance)
    assert (str(shown.state), shown.suspended_date is not None) == ("SUSPENDED", True)
    with pytest.raises(ConflictError):
        client.suspend_process_instance(instance, data=SuspendProcessInstanceRequest())
    found = admin.post("/v2/process-instances/search", json={"filter": {"state": "SUSPENDED"}})
    assert instance in {row["processInstanceKey"] for row in found.json()["items"]}

    client.resume_process_instance(instance, data=ResumeProcessInstanceRequest())
    assert client.get_process_instance(instance).suspended_date is None
    with pytest.raises(ConflictError):
        client.resume_process_instance(instance, data=ResumeProcessInstanceRequest())


def test_modify(client: CamundaClient, admin: httpx.Client) -> None:
    instance: Any = begin(admin, deploy(admin, TWO))
    wanted = {
        "moveInstructions": [
            {
                "sourceElementInstruction": {"sourceType": "byId", "sourceElementId": "a"},
                "targetElementId": "b",
                "variableInstructions": [{"variables": {"seen": True}}],
            }
        ],
        "operationReference": 7,
    }
    url = f"/v2/process-instances/{instance}/modification"

    plan = admin.post(f"{url}?preview=true", json=wanted)
    assert plan.status_code == 200, plan.text
    assert [(row["when"], row["kind"], row["elementId"]) for row in plan.json()["items"]] == [
        ("now", "element-begun", "b"),
        ("now", "task-cancelled", "a"),
        ("now", "element-ended", "a"),
        ("then", "task-opened", "b"),
    ]
    assert all({"vi", "en"} == row["text"].keys() for row in plan.json()["items"])
    assert tasks(admin, instance) == ["a"]

    client.modify_process_instance(
        instance, data=ProcessInstanceModificationInstruction.from_dict(wanted)
    )
    assert tasks(admin, instance) == ["b"]
    unknown = ProcessInstanceModificationInstruction.from_dict(
        {"activateInstructions": [{"elementId": "ghost"}]}
    )
    with pytest.raises(BadRequestError):
        client.modify_process_instance(instance, data=unknown)
    both = {"terminateInstructions": [{"elementId": "b", "elementInstanceKey": "1"}]}
    assert admin.post(url, json=both).json()["errors"][0]["pointer"] == "/terminateInstructions/0"
    assert admin.post(f"{url}?preview=perhaps", json=wanted).status_code == 400


def test_migrate(client: CamundaClient, admin: httpx.Client) -> None:
    instance: Any = begin(admin, deploy(admin, TWO))
    target = deploy(admin, THREE)
    wanted = {
        "targetProcessDefinitionKey": target,
        "mappingInstructions": [{"sourceElementId": "a", "targetElementId": "first"}],
    }
    url = f"/v2/process-instances/{instance}/migration"

    plan = admin.post(f"{url}?preview=true", json=wanted).json()["items"]
    assert [(row["when"], row["kind"]) for row in plan] == [
        ("now", "element-mapped"),
        ("kept", "task-kept"),
    ]
    other = wanted | {"mappingInstructions": [{"sourceElementId": "b", "targetElementId": "b"}]}
    refused = admin.post(url, json=other)
    assert (refused.status_code, refused.json()["code"]) == (409, "migration-refused")
    assert refused.json()["errors"][0]["code"] == "element-not-mapped"
    with pytest.raises(ConflictError):
        client.migrate_process_instance(
            instance, data=ProcessInstanceMigrationInstruction.from_dict(other)
        )

    client.migrate_process_instance(
        instance, data=ProcessInstanceMigrationInstruction.from_dict(wanted)
    )
    assert tasks(admin, instance) == ["first"]
    shown = client.get_process_instance(instance)
    assert str(shown.process_definition_key) == target


def test_incidents_are_explained_and_retried(admin: httpx.Client) -> None:
    definition = deploy(admin, GATE)
    instances = [begin(admin, definition) for _ in range(2)]
    wanted = {"filter": {"processDefinitionKey": definition}}
    rows = admin.post("/v2/incidents/search", json=wanted).json()["items"]
    told = admin.get(f"/api/incidents/{rows[0]['incidentKey']}/explanation").json()
    assert told["names"] == [{"name": "fee", "isSet": False}]
    assert told["places"][0]["path"] == ["g"]

    admin.put(f"/v2/element-instances/{instances[0]}/variables", json={"variables": {"fee": 5}})
    outcomes = admin.post("/api/incidents/retry", json=wanted).json()["items"]

    assert [each["result"] for each in outcomes] == ["resolved", "failed-again"]


def test_hold_and_erase(admin: httpx.Client) -> None:
    instance = begin(admin, deploy(admin, TWO))
    url = f"/api/process-instances/{instance}"
    assert admin.post(f"{url}/erasure").json()["code"] == "instance-running"
    admin.post(f"/v2/process-instances/{instance}/cancellation")

    assert admin.post(f"{url}/hold", json={"reason": "thanh tra"}).status_code == 204
    assert admin.post(f"{url}/erasure").json()["code"] == "instance-held"
    assert admin.post(f"{url}/release").status_code == 204
    assert admin.post(f"{url}/release").json()["code"] == "instance-not-held"
    assert admin.post(f"{url}/erasure").status_code == 204
