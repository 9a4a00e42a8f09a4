"""The unmodified Python SDK: workers, messages, signals, incidents, variables, clock, users."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from camunda_orchestration_sdk import (
    CamundaAsyncClient,
    CamundaClient,
    JobActivationRequest,
    JobError,
    WorkerConfig,
)
from camunda_orchestration_sdk import models as m
from camunda_orchestration_sdk.errors import ConflictError, NotFoundError

from tests.api.conftest import MODELS, PASSWORD, Server
from tests.api.test_sdk_tasks import sdk


@pytest.fixture
def client(server: Server) -> Iterator[CamundaClient]:
    with sdk(server) as made:
        files = [str(MODELS / name) for name in ("stamp.bpmn", "wait.bpmn", "choose.bpmn")]
        made.deploy_resources_from_files(files)
        yield made


def _start(client: CamundaClient, process_id: str, **variables: object) -> str:
    data = m.ProcessCreationById.from_dict(
        {"processDefinitionId": process_id, "variables": variables}
    )
    return str(client.create_process_instance(data=data).process_instance_key)


def _state(client: CamundaClient, key: str) -> str:
    return client.get_process_instance(process_instance_key=key).state.value  # type: ignore[arg-type] # text


def _activate(client: CamundaClient, **members: Any) -> list[Any]:
    body = {"type": "stamp", "timeout": 60_000, "maxJobsToActivate": 50, "requestTimeout": -1}
    return client.activate_jobs(data=JobActivationRequest.from_dict(body | members)).jobs


def _job(client: CamundaClient, instance_key: str, **members: Any) -> Any:
    (job,) = [
        job for job in _activate(client, **members) if job.process_instance_key == instance_key
    ]
    return job


def test_a_job_is_done(client: CamundaClient) -> None:
    key = _start(client, "stamp", copies=2)
    job = _job(client, key, worker="press", fetchVariable=["copies"])
    assert job.custom_headers.to_dict() == {"colour": "red"}
    assert job.variables.to_dict() == {"copies": 2}
    assert job.worker == "press"

    done = m.JobCompletionRequest.from_dict({"variables": {"stamped": True}})
    client.complete_job(job.job_key, data=done)

    assert _state(client, key) == "COMPLETED"
    with pytest.raises(NotFoundError):
        client.complete_job(job.job_key)


def test_a_lost_lease_is_a_conflict(client: CamundaClient) -> None:
    """A worker whose lease has run out comes too late with its token."""
    key = _start(client, "stamp")
    first = _job(client, key, withLease=True, timeout=1)
    second = _job(client, key, withLease=True)
    assert first.job_key == second.job_key

    with pytest.raises(ConflictError):
        client.complete_job(
            first.job_key,
            data=m.JobCompletionRequest.from_dict({"jobLeaseToken": first.job_lease_token}),
        )
    client.complete_job(
        second.job_key,
        data=m.JobCompletionRequest.from_dict({"jobLeaseToken": second.job_lease_token}),
    )
    assert _state(client, key) == "COMPLETED"


def test_a_failed_job_becomes_an_incident_and_is_mended(client: CamundaClient) -> None:
    key = _start(client, "stamp")
    job = _job(client, key)
    client.fail_job(
        job.job_key, data=m.JobFailRequest.from_dict({"retries": 0, "errorMessage": "no power"})
    )
    (incident,) = client.search_process_instance_incidents(process_instance_key=key).items  # type: ignore[arg-type] # text
    assert (incident.error_type, incident.error_message) == ("JOB_NO_RETRIES", "no power")

    changes = m.JobUpdateRequest.from_dict({"changeset": {"retries": 2}})
    client.update_job(job.job_key, data=changes)
    client.resolve_incident(incident.incident_key)

    client.complete_job(_job(client, key).job_key)
    assert _state(client, key) == "COMPLETED"


def test_a_job_error_opens_the_manual_way(client: CamundaClient) -> None:
    key = _start(client, "stamp")
    error = m.JobErrorRequest.from_dict({"errorCode": "NO_INK", "errorMessage": "dry"})

    client.throw_job_error(_job(client, key).job_key, data=error)

    query = m.UserTaskSearchQuery.from_dict({"filter": {"processInstanceKey": key}})
    assert [task.element_id for task in client.search_user_tasks(data=query).items] == ["by_hand"]


def test_message_signal_and_timer(client: CamundaClient) -> None:
    """Correlation, broadcast, and a pinned clock that makes the timer due."""
    key = _start(client, "wait", receipt="R-7")
    message = m.MessageCorrelationRequest.from_dict({"name": "paid", "correlationKey": "R-7"})
    assert client.correlate_message(data=message).process_instance_key == key
    with pytest.raises(NotFoundError):
        client.correlate_message(data=message)

    client.broadcast_signal(data=m.SignalBroadcastRequest(signal_name="office-opened"))
    later = datetime.now(UTC) + timedelta(days=4)
    client.pin_clock(data=m.ClockPinRequest(timestamp=int(later.timestamp() * 1000)))
    try:
        assert _state(client, key) == "COMPLETED"
    finally:
        client.reset_clock()


def test_a_message_waits_for_its_receiver(client: CamundaClient) -> None:
    body = {
        "name": "paid",
        "correlationKey": "R-8",
        "timeToLive": 60_000,
        "messageId": "m-8",
        "variables": {"amount": 20},
    }
    client.publish_message(data=m.MessagePublicationRequest.from_dict(body))

    key = _start(client, "wait", receipt="R-8")

    query = m.VariableSearchQuery.from_dict({"filter": {"processInstanceKey": key}})
    values = {row.name: row.value for row in client.search_variables(data=query).items}
    assert values == {"receipt": '"R-8"', "amount": "20"}


def test_awaiting_the_end(client: CamundaClient) -> None:
    body = {
        "processDefinitionId": "choose",
        "variables": {"complete": True, "other": 1},
        "awaitCompletion": True,
        "fetchVariables": ["complete"],
    }

    created = client.create_process_instance(data=m.ProcessCreationById.from_dict(body))

    assert created.variables.to_dict() == {"complete": True}


def test_a_wrong_model_is_an_incident_and_variables_mend_it(client: CamundaClient) -> None:
    key = _start(client, "choose")
    (incident,) = client.search_process_instance_incidents(process_instance_key=key).items  # type: ignore[arg-type] # text
    assert incident.error_type == "CONDITION_ERROR"

    change = m.SetVariableRequest.from_dict({"variables": {"complete": False}})
    client.create_element_instance_variables(key, data=change)  # type: ignore[arg-type] # text
    client.resolve_incident(incident.incident_key)

    query = m.ElementInstanceSearchQuery.from_dict(
        {"filter": {"processInstanceKey": key, "type": "END_EVENT"}}
    )
    assert [e.element_id for e in client.search_element_instances(data=query).items] == ["refused"]


def test_users(client: CamundaClient) -> None:
    request = m.UserRequest.from_dict({"username": "hoa", "password": "eight chars", "name": "Hoa"})
    client.create_user(data=request)
    client.update_user("hoa", data=m.UserUpdateRequest.from_dict({"name": "Hòa"}))  # type: ignore[arg-type] # text

    assert client.get_user("hoa").name == "Hòa"  # type: ignore[arg-type] # text
    with pytest.raises(ConflictError):
        client.create_user(data=request)


def test_a_job_worker_by_long_polling(server: Server, client: CamundaClient) -> None:
    """The SDK's own worker loop: one job done, one thrown as a BPMN error."""
    keys = [_start(client, "stamp", ink=ink) for ink in (True, False)]

    async def handle(job: Any) -> dict[str, object]:
        if not job.variables.to_dict()["ink"]:
            raise JobError("NO_INK", "dry")
        return {"stamped": True}

    async def work() -> None:
        config = {
            "CAMUNDA_REST_ADDRESS": f"{server.url}/v2",
            "CAMUNDA_AUTH_STRATEGY": "BASIC",
            "CAMUNDA_BASIC_AUTH_USERNAME": "integrator",
            "CAMUNDA_BASIC_AUTH_PASSWORD": PASSWORD,
        }
        async with CamundaAsyncClient(configuration=config) as worker:  # type: ignore[arg-type] # a plain dict
            settings = WorkerConfig(
                job_type="stamp",
                job_timeout_milliseconds=30_000,
                request_timeout_milliseconds=1000,
                with_lease=True,
            )
            loop = worker.create_job_worker(settings, handle, execution_strategy="async")
            for _ in range(100):
                await asyncio.sleep(0.1)
                if _state(client, keys[0]) == "COMPLETED" and _tasks(client, keys[1]):
                    break
            loop.stop()

    asyncio.run(work())

    assert _state(client, keys[0]) == "COMPLETED"
    assert _tasks(client, keys[1]) == ["by_hand"]


def _tasks(client: CamundaClient, key: str) -> list[str]:
    query = m.UserTaskSearchQuery.from_dict({"filter": {"processInstanceKey": key}})
    return [str(task.element_id) for task in client.search_user_tasks(data=query).items]
