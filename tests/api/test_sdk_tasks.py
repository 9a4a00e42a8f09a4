"""The unmodified Python SDK: deploy, start, find, claim, change and complete user tasks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest
from camunda_orchestration_sdk import (
    CamundaClient,
    ProcessCreationById,
    ProcessCreationByKey,
    UserTaskAssignmentRequest,
    UserTaskCompletionRequest,
    UserTaskSearchQuery,
    UserTaskUpdateRequest,
)
from camunda_orchestration_sdk.errors import ConflictError, NotFoundError, UnauthorizedError

from tests.api.conftest import MODELS, PASSWORD, Server


def sdk(server: Server, name: str = "admin", password: str = PASSWORD) -> CamundaClient:
    """A client as an integrator would configure it."""
    return CamundaClient(
        configuration={
            "CAMUNDA_REST_ADDRESS": f"{server.url}/v2",
            "CAMUNDA_AUTH_STRATEGY": "BASIC",
            "CAMUNDA_BASIC_AUTH_USERNAME": name,
            "CAMUNDA_BASIC_AUTH_PASSWORD": password,
        }
    )


@pytest.fixture
def client(server: Server) -> Iterator[CamundaClient]:
    with sdk(server) as made:
        yield made


def _start(client: CamundaClient, **variables: object) -> str:
    client.deploy_resources_from_files([str(MODELS / "review.bpmn")])
    data = ProcessCreationById.from_dict(
        {"processDefinitionId": "review", "variables": variables, "tags": ["fast"]}
    )
    return str(client.create_process_instance(data=data).process_instance_key)


def _task(client: CamundaClient, instance_key: str):  # type: ignore[no-untyped-def] # the SDK's row
    query = UserTaskSearchQuery.from_dict(
        {"filter": {"processInstanceKey": instance_key, "state": {"$in": ["CREATED"]}}}
    )
    (task,) = client.search_user_tasks(data=query).items
    return task


def test_deploying_answers_keys_and_versions(client: CamundaClient) -> None:
    """The same file deployed again is the same version."""
    first = client.deploy_resources_from_files([str(MODELS / "review.bpmn")])
    second = client.deploy_resources_from_files([str(MODELS / "review.bpmn")])

    assert first.processes[0].process_definition_id == "review"
    assert first.processes[0].process_definition_key == second.processes[0].process_definition_key
    assert second.processes[0].process_definition_version == 1


def test_a_definition_and_its_file(client: CamundaClient) -> None:
    deployed = client.deploy_resources_from_files([str(MODELS / "review.bpmn")])
    key = deployed.processes[0].process_definition_key

    definition = client.get_process_definition(process_definition_key=key)
    xml = client.get_process_definition_xml(process_definition_key=key)

    assert definition.name == "Thẩm tra hồ sơ"
    assert xml == (MODELS / "review.bpmn").read_text(encoding="utf-8")


def test_from_start_to_end(client: CamundaClient) -> None:
    """No wait between calls: what was written is read."""
    instance_key = _start(client, applicant="Nguyễn Thị Đào", typename="x")
    task = _task(client, instance_key)
    assert task.name == "Thẩm tra"
    assert task.candidate_groups == ["specialist@48"]
    assert task.priority == 60
    assert task.tags == ["fast"]

    client.assign_user_task(task.user_task_key, data=UserTaskAssignmentRequest(assignee="lan"))
    due = datetime(2027, 1, 4, 8, 30, tzinfo=UTC)
    update = UserTaskUpdateRequest.from_dict(
        {"changeset": {"dueDate": due.isoformat(), "priority": 80}}
    )
    client.update_user_task(task.user_task_key, data=update)
    changed = client.get_user_task(task.user_task_key)
    assert (changed.assignee, changed.due_date, changed.priority) == ("lan", due, 80)

    answers = UserTaskCompletionRequest.from_dict({"variables": {"accepted": True}})
    client.complete_user_task(task.user_task_key, data=answers)
    ended = client.get_process_instance(process_instance_key=task.process_instance_key)
    assert ended.state == "COMPLETED"
    assert ended.end_date is not None


def test_variables_of_a_task(client: CamundaClient) -> None:
    task = _task(client, _start(client, fee=3, applicant="Đào"))

    found = client.search_user_task_variables(task.user_task_key)
    effective = client.search_user_task_effective_variables(task.user_task_key)

    assert {item.name: item.value for item in found.items} == {"fee": "3", "applicant": '"Đào"'}
    assert [item.name for item in effective.items] == [item.name for item in found.items]


def test_completing_twice_is_a_conflict(client: CamundaClient) -> None:
    task = _task(client, _start(client))
    client.complete_user_task(task.user_task_key)

    with pytest.raises(ConflictError) as caught:
        client.complete_user_task(task.user_task_key)

    assert caught.value.parsed is not None
    assert caught.value.parsed.title == "INVALID_STATE"


def test_unassigning(client: CamundaClient) -> None:
    task = _task(client, _start(client))
    client.assign_user_task(task.user_task_key, data=UserTaskAssignmentRequest(assignee="lan"))

    client.unassign_user_task(task.user_task_key)

    assert client.get_user_task(task.user_task_key).assignee is None


def test_a_task_without_form(client: CamundaClient, admin: httpx.Client) -> None:
    """204, as the contract says; the SDK itself cannot read one here."""
    task = _task(client, _start(client))

    answer = admin.get(f"/v2/user-tasks/{task.user_task_key}/form")

    assert (answer.status_code, answer.content) == (204, b"")


def test_what_is_not_there(client: CamundaClient) -> None:
    with pytest.raises(NotFoundError):
        client.get_user_task("1")  # type: ignore[arg-type] # a key as text


def test_wrong_password(server: Server) -> None:
    with sdk(server, password="wrong") as client, pytest.raises(UnauthorizedError):
        client.get_topology()


def test_starting_by_key_and_cancelling(client: CamundaClient) -> None:
    deployed = client.deploy_resources_from_files([str(MODELS / "review.bpmn")])
    key = deployed.processes[0].process_definition_key
    created = client.create_process_instance(data=ProcessCreationByKey(process_definition_key=key))

    client.cancel_process_instance(created.process_instance_key, data=None)

    ended = client.get_process_instance(process_instance_key=created.process_instance_key)
    assert ended.state == "TERMINATED"
    with pytest.raises(NotFoundError):
        client.cancel_process_instance(created.process_instance_key, data=None)


def test_who_am_i_and_where(client: CamundaClient) -> None:
    me = client.get_authentication()
    topology = client.get_topology()

    assert me.username == "admin"
    assert "task" in me.authorized_components
    assert topology.brokers[0].partitions[0].role == "leader"
    assert client.get_license().valid_license
    client.get_status()
