"""Calls that wait: in time, too late, and never with all threads."""

from __future__ import annotations

import threading
import time
from typing import Any

import httpx
import pytest

from api.waiting import WaitingRoom, seconds_of
from tests.api.conftest import Server, deploy, start

ACTIVATION = {"type": "stamp", "timeout": 60_000, "maxJobsToActivate": 10}


def test_an_activation_waits_for_a_job(server: Server, admin: httpx.Client) -> None:
    deploy(admin, "stamp.bpmn")
    found: list[Any] = []

    def poll() -> None:
        with server.client("integrator") as worker:
            body = ACTIVATION | {"requestTimeout": 20_000}
            found.extend(worker.post("/v2/jobs/activation", json=body).json()["jobs"])

    poller = threading.Thread(target=poll)
    poller.start()
    time.sleep(0.3)
    key = start(admin, "stamp")
    poller.join(timeout=20)

    assert [job["processInstanceKey"] for job in found] == [key]


@pytest.mark.parametrize(("timeout", "least", "most"), [(-1, 0.0, 5.0), (300, 0.3, 10.0)])
def test_an_activation_ends_in_time(
    admin: httpx.Client, timeout: int, least: float, most: float
) -> None:
    began = time.monotonic()
    body = ACTIVATION | {"type": "nobody", "requestTimeout": timeout}

    assert admin.post("/v2/jobs/activation", json=body).json() == {"jobs": []}

    assert least <= time.monotonic() - began < most


def test_an_awaited_end_that_does_not_come(admin: httpx.Client) -> None:
    """504, and the instance runs on."""
    deploy(admin, "review.bpmn")
    body = {
        "processDefinitionId": "review",
        "businessId": "late",
        "awaitCompletion": True,
        "requestTimeout": 200,
    }

    answer = admin.post("/v2/process-instances", json=body)

    assert answer.status_code == 504, answer.text
    assert answer.json()["code"] == "timed-out"
    wanted = {"filter": {"businessId": "late", "state": "ACTIVE"}}
    found = admin.post("/v2/process-instances/search", json=wanted).json()
    assert len(found["items"]) == 1


def test_an_awaited_start_is_refused_when_too_many_wait(
    server: Server, admin: httpx.Client
) -> None:
    """503 before anything is written; the others end as they would."""
    deploy(admin, "review.bpmn")
    body = {"processDefinitionId": "review", "awaitCompletion": True, "requestTimeout": 3000}
    statuses: list[int] = []

    def wait() -> None:
        with server.client("integrator") as client:
            statuses.append(client.post("/v2/process-instances", json=body).status_code)

    waiting = [threading.Thread(target=wait) for _ in range(6)]
    for thread in waiting:
        thread.start()
    for thread in waiting:
        thread.join(timeout=30)

    assert sorted(set(statuses)) == [503, 504]
    assert statuses.count(504) >= 4


def test_seats_are_given_back() -> None:
    room = WaitingRoom(1)
    with room.seat() as first, room.seat() as second:
        assert (first, second) == (True, False)

    with room.seat() as again:
        assert again


def test_time_outs_of_the_contract() -> None:
    assert seconds_of(None) == seconds_of(0) == 10.0
    assert seconds_of(-1) == 0.0
    assert seconds_of(1500) == 1.5
