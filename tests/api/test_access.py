"""Who gets in, what a stranger sees: nothing, on every route; tokens, keys and headers."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from api.door import Operation
from api.routes import DOORS
from engine.commands.registry import ABILITIES
from tests.api.conftest import Server, deploy, open_task, start

OPERATIONS: list[tuple[str, Operation]] = [
    (f"{operation.method} {door.url_prefix}{operation.rule}", operation)
    for door in DOORS
    for operation in door.operations
]
# A body that passes the contract, where an empty one does not.
BODIES: dict[str, Any] = {
    "UserTaskAssignment": {"assignee": "stranger"},
    "LawRows": {"kind": "scope", "decision": "1", "source": "s", "rows": []},
    "ProcessInstanceCreation": {"processDefinitionId": "review"},
    "ProcessInstanceMigration": {"targetProcessDefinitionKey": "1", "sameIds": True},
    "ElementVariables": {"variables": {"a": 1}},
    "JobActivation": {
        "type": "stamp",
        "timeout": 1000,
        "maxJobsToActivate": 1,
        "requestTimeout": -1,
    },
    "JobError": {"errorCode": "X"},
    "JobUpdate": {"changeset": {"retries": 1}},
    "MessagePublication": {"name": "paid"},
    "MessageCorrelation": {"name": "paid"},
    "SignalBroadcast": {"signalName": "opened"},
    "ClockPin": {"timestamp": 1},
    "UserCreation": {"username": "x", "password": "eight chars"},
    "TokenIssue": {"label": "x"},
    "WebhookCreation": {"label": "x", "url": "https://x.example/"},
    "DecisionEvaluation": {"decisionDefinitionId": "total_fee"},
    "DossierFiling": {
        "portalCode": "P-1",
        "procedureCode": "9.000001",
        "receptionPoint": "rp-20242",
        "applicant": {"name": "x"},
    },
    "DutyDetermination": {"exemption": "x"},
    "DossierPayment": {"paymentCode": "H17.02-261123-0001.P1", "amount": 1},
    "DossierRefund": {"paymentCode": "H17.02-261123-0001.P1"},
    "DossierPause": {"rule": "x"},
    "DossierExtension": {"term": "1WD", "document": "1"},
    "NumberOrder": {"register": "x"},
    "ReturnChoice": {"returnChannel": "post"},
    "DossierCorrection": {"reason": "x"},
    "DossierReception": {
        "procedureCode": "9.000001",
        "receptionPoint": "rp-20242",
        "applicant": {"name": "x"},
    },
    "ComponentList": {"components": [{"id": "x", "required": True}]},
    "ComponentCheck": dict.fromkeys(("pages", "legible", "complete", "rightDossier"), True),
    "Reason": {"reason": "x"},
    "RegisterQuestion": {"dossierKey": "1", "holder": "x"},
    "RegisterItemKeeping": {
        "register": "x",
        "kind": "x",
        "number": "1",
        "holder": "x",
        "issuer": "x",
        "issuedOn": "2026-01-01",
    },
    "UploadBegin": {"fileName": "x", "size": 1},
    "DocumentAttachment": {"dossierKey": "1"},
    "DocumentRetention": {"held": True},
    "HandOverOffer": {"toAgency": "ubnd-20242", "reason": "x"},
    "PortalComparison": {"dossiers": []},
    "ExpressionEvaluation": {"expression": "1 + 1", "scopeKey": "{instance_key}"},
}


@pytest.fixture
def keys(admin: httpx.Client) -> dict[str, str]:
    """Keys of things that exist and are none of the stranger's business."""
    deploy(admin, "review.bpmn", "stamp.bpmn", "choose.bpmn", "fees.dmn", "charge.bpmn")
    start(admin, "charge", variables={"pages": 1, "hộ nghèo": False})
    instance, broken = start(admin, "review", variables={"a": 1}), start(admin, "choose")
    start(admin, "stamp")
    task = open_task(admin, instance)
    job = admin.post("/v2/jobs/search", json={}).json()["items"][0]
    wanted = {"filter": {"processInstanceKey": instance}}
    variable = admin.post("/v2/variables/search", json=wanted).json()["items"][0]
    incident = admin.post(f"/v2/process-instances/{broken}/incidents/search").json()["items"][0]
    made = admin.post("/v2/decision-instances/search", json={}).json()["items"][0]
    return {
        "decision_instance": made["decisionEvaluationInstanceKey"],
        "decision_key": made["decisionDefinitionKey"],
        "requirements_key": "1",
        "task_key": task["userTaskKey"],
        "instance_key": instance,
        "element_key": task["elementInstanceKey"],
        "scope_key": instance,
        "job_key": job["jobKey"],
        "variable_key": variable["variableKey"],
        "incident_key": incident["incidentKey"],
        "definition_key": task["processDefinitionKey"],
        "resource_key": task["processDefinitionKey"],
        "form_key": "1",
        "kind": "scope",
        "webhook_key": "1",
        "event_type": "motcua.none.v1",
        "code": "H17.02-261123-0001",
        "step": "begin",
        "portal_code": "P-404",
        "username": "admin",
        "label": "none",
        "form": "01",
        "register": "quyet-dinh",
    }


def _send(client: httpx.Client, name: str, operation: Operation, keys: dict[str, str]) -> Any:
    method, path = name.split(" ")
    path = re.sub(r"<([a-z_]+)>", lambda part: keys.get(part[1], "1"), path)
    if operation.multipart:
        part = "resources" if path.endswith("deployments") else "file"
        return client.post(path, files={part: ("x.bpmn", b"<x/>", "text/xml")})
    body = dict(BODIES.get(operation.body.__name__, {})) if operation.body else None
    if body and "scopeKey" in body:
        body["scopeKey"] = keys.get("instance_key", "1")
    if method == "PATCH" and "/uploads/" in path:
        headers = {"Content-Type": "application/octet-stream", "Upload-Offset": "0"}
        return client.request(method, path, content=b"x", headers=headers)
    return client.request(method, path, json=body)


# Whoever has an account may store a document of their own; it hangs on nothing yet.
OF_ONES_OWN = {"POST /api/documents", "POST /api/documents/uploads", "POST /v2/documents"}
PRIVATE = [item for item in OPERATIONS if item[1].permission != "public"]
SHOWN_TO_ALL = {"process_definition", "decision_definition", "decision_requirements"}


@pytest.mark.parametrize(("name", "operation"), PRIVATE, ids=[item[0] for item in PRIVATE])
def test_nobody_gets_in_without_log_in(server: Server, name: str, operation: Operation) -> None:
    keys = dict.fromkeys(re.findall(r"<([a-z_]+)>", name), "1")
    with httpx.Client(base_url=server.url) as nobody:
        answer = _send(nobody, name, operation, keys)

    assert answer.status_code == 401, answer.text
    offered = answer.headers.get_list("WWW-Authenticate")
    assert [line.split(" ")[0] for line in offered] == ["Basic", "Bearer"]


def test_a_stranger_meets_nothing(stranger: httpx.Client, keys: dict[str, str]) -> None:
    """Every command: 403 or 404. Every search: empty. Every read: 404."""
    for name, operation in PRIVATE:
        if name in OF_ONES_OWN:
            continue
        answer = _send(stranger, name, operation, keys)
        if operation.sends is not None:
            nothing = answer.status_code == 200 and answer.json() == {"items": []}
            assert nothing or answer.status_code in {403, 404}, (name, answer.text)
        elif operation.reads is not None and operation.reads not in SHOWN_TO_ALL:
            seen = answer.status_code == 200 and answer.json().get("items") != []
            assert not seen, (name, answer.text)
            assert answer.status_code in {200, 403, 404}, (name, answer.text)


def test_each_command_route_declares_the_commands_own_permission() -> None:
    declared = {op.sends: op.permission for _, op in OPERATIONS if op.sends is not None}

    assert declared
    assert all(ABILITIES[kind].permission == name for kind, name in declared.items())
    assert "internal" not in declared.values()


def test_a_workers_token_sees_its_own_jobs_only(
    server: Server, admin: httpx.Client, token: str, keys: dict[str, str]
) -> None:
    body = BODIES["JobActivation"]
    with httpx.Client(base_url=server.url, headers={"Authorization": f"Bearer {token}"}) as worker:
        own = worker.post("/v2/jobs/activation", json=body)
        other = worker.post("/v2/jobs/activation", json=body | {"type": "print"})

    assert [job["type"] for job in own.json()["jobs"]] == ["stamp"]
    assert other.status_code == 403
    assert other.json()["code"] == "job-type-not-granted"


@pytest.mark.parametrize(
    "header",
    ["Basic !!!", "Basic YWRtaW4=", "Bearer wrong", "Digest x", "Bearer", "Basic " + "A" * 9000],
)
def test_credentials_that_do_not_hold(server: Server, header: str) -> None:
    with httpx.Client(base_url=server.url, headers={"Authorization": header}) as client:
        answer = client.get("/v2/topology")

    assert answer.status_code == 401, answer.text


def test_a_blocked_account_is_out_at_once(server: Server, admin: httpx.Client) -> None:
    with server.client("minh") as minh:
        assert minh.get("/v2/authentication/me").status_code == 200
        assert admin.put("/v2/users/minh", json={"disabled": True}).status_code == 200
        assert minh.get("/v2/authentication/me").status_code == 401
        assert admin.put("/v2/users/minh", json={"disabled": False}).status_code == 200


def test_an_idempotency_key_starts_one_instance(admin: httpx.Client) -> None:
    deploy(admin, "review.bpmn")
    body = {"processDefinitionId": "review", "businessId": "once"}
    headers = {"Idempotency-Key": "start-once"}

    first = admin.post("/v2/process-instances", json=body, headers=headers)
    second = admin.post("/v2/process-instances", json=body, headers=headers)
    other = admin.post("/v2/process-instances", json=body | {"tags": ["x"]}, headers=headers)

    assert first.json() == second.json()
    assert second.headers["Idempotency-Replayed"] == "true"
    assert other.status_code == 409
    found = admin.post("/v2/process-instances/search", json={"filter": {"businessId": "once"}})
    assert len(found.json()["items"]) == 1
    bad = admin.post("/v2/process-instances", json=body, headers={"Idempotency-Key": "a b"})
    assert bad.status_code == 400


def test_headers_of_every_answer(admin: httpx.Client) -> None:
    for answer in (admin.get("/v2/topology"), admin.get("/v2/nowhere"), admin.get("/v2/status")):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"


def test_health_without_log_in(server: Server) -> None:
    assert httpx.get(f"{server.url}/api/health").json() == {"status": "ok"}


def test_linting_deploys_nothing(admin: httpx.Client) -> None:
    content = (
        b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" '
        b'targetNamespace="t"><process id="linted" isExecutable="true"><startEvent id="s"/>'
        b'<sequenceFlow id="lost" sourceRef="s" targetRef="gone"/></process></definitions>'
    )

    answer = admin.post("/api/lint", files={"resources": ("x.bpmn", content, "text/xml")})

    assert answer.json()["deployable"] is False
    assert "lost" in {finding["elementId"] for finding in answer.json()["findings"]}
    wanted = {"filter": {"processDefinitionId": "linted"}}
    assert not admin.post("/v2/process-definitions/search", json=wanted).json()["items"]
