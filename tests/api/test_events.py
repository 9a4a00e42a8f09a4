"""The event feed over HTTP: pages, cursors, waiting, and who sees what."""

from __future__ import annotations

import threading
import time
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator

from api.query import cursor_of
from tests.api.conftest import Server, deploy, open_task, start


def publish(server: Server) -> None:
    while server.engine.relay():
        continue


def feed(client: httpx.Client, **query: Any) -> Any:
    answer = client.get("/api/events", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_poller_follows_a_process_from_now_on(server: Server, admin: httpx.Client) -> None:
    deploy(admin, "review.bpmn")
    publish(server)
    cursor = feed(admin, after="now")["page"]["endCursor"]
    instance = start(admin, "review")
    task = open_task(admin, instance)
    publish(server)

    page = feed(admin, after=cursor, types="motcua.instance.*,motcua.task.created.v1")

    assert [item["type"] for item in page["items"]] == [
        "motcua.instance.started.v1",
        "motcua.task.created.v1",
    ]
    created = page["items"][1]
    assert created["subject"] == instance
    assert created["process"] == "review"
    assert created["data"]["key"] == task["userTaskKey"]
    assert page["page"]["hasMore"] is False
    assert feed(admin, after=page["page"]["endCursor"])["items"] == []


def test_pages_join_without_gap_or_overlap(server: Server, admin: httpx.Client) -> None:
    deploy(admin, "review.bpmn")
    start(admin, "review")
    publish(server)
    whole = [item["id"] for item in feed(admin, limit=1000)["items"]]

    cut: list[str] = []
    page: Any = {"page": {"hasMore": True}}
    query: dict[str, Any] = {"limit": 3}
    while page["page"]["hasMore"]:
        page = feed(admin, **query)
        cut += [item["id"] for item in page["items"]]
        query["after"] = page["page"]["endCursor"]

    assert cut == whole
    assert len(cut) == len(set(cut)) > 3


def test_a_waiting_call_ends_with_the_first_event(server: Server, admin: httpx.Client) -> None:
    deploy(admin, "review.bpmn")
    publish(server)
    cursor = feed(admin, after="now")["page"]["endCursor"]
    found: list[Any] = []

    def wait() -> None:
        with server.client("admin") as client:
            found.append(feed(client, after=cursor, types="motcua.instance.started.v1", wait=20))

    waiter = threading.Thread(target=wait)
    waiter.start()
    time.sleep(0.3)
    instance = start(admin, "review")
    publish(server)
    waiter.join(timeout=25)

    assert [item["subject"] for item in found[0]["items"]] == [instance]
    empty = feed(admin, after=found[0]["page"]["endCursor"], types="motcua.none.v1", wait=1)
    assert empty["items"] == []


def test_strangers_see_nothing_and_their_cursor_moves_on(
    server: Server, admin: httpx.Client, stranger: httpx.Client
) -> None:
    deploy(admin, "review.bpmn")
    start(admin, "review")
    publish(server)

    page = feed(stranger)

    assert page["items"] == []
    assert page["page"]["endCursor"] == feed(admin, after="now")["page"]["endCursor"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"after": "!!"}, "cursor-invalid"),
        ({"after": "bm9uZTox"}, "cursor-invalid"),
        ({"after": cursor_of(10**15)}, "cursor-ahead"),
        ({"limit": "0"}, "invalid-input"),
        ({"limit": "many"}, "invalid-input"),
        ({"wait": "61"}, "invalid-input"),
    ],
)
def test_a_question_that_cannot_be_meant(
    admin: httpx.Client, query: dict[str, str], code: str
) -> None:
    answer = admin.get("/api/events", params=query)

    assert answer.status_code == 400, answer.text
    assert answer.json()["code"] == code


def test_the_schema_an_event_names_is_served(server: Server, admin: httpx.Client) -> None:
    deploy(admin, "review.bpmn")
    start(admin, "review")
    publish(server)
    for item in feed(admin, limit=1000)["items"]:
        answer = admin.get(item["dataschema"])
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "application/schema+json"
        Draft202012Validator(answer.json()).validate(item["data"])
    assert admin.get("/api/events/schemas/motcua.none.v1").status_code == 404
