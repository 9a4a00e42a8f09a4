"""A server that is killed again and again loses nothing it acknowledged and does nothing twice.

A real ``motcua serve`` on a real database gets SIGKILL, each time with at least
eight completions on their way. Afterwards every instance is finished and its
tokens are held against the client's own ledger.
"""

from __future__ import annotations

import json
import queue
import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.ledger import Ledger
from tests.live.client import Client, Cut, Refused
from tests.live.server import LiveServer
from tests.tiers.plan import OUT
from tests.tiers.seeds import FIXED

MODEL = Path(__file__).with_name("ledger.bpmn")
# 50 kills in all; `make soak` does many more on each database.
KILLS = 25
SOAK_KILLS = 250
FLYING = 8
CLIENTS = 16
INSTANCES = 60
ROUNDS = 20


class Crew:
    """Clients that complete every task they can get until the server is gone."""

    def __init__(self, server: LiveServer, ledger: Ledger, tasks: list[dict[str, Any]]) -> None:
        self._ledger = ledger
        self._url = server.url
        self._tasks: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        for task in tasks:
            self._tasks.put(task)
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(CLIENTS)]
        self.unexpected: list[str] = []

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def wait(self) -> None:
        for thread in self._threads:
            thread.join(60)
            assert not thread.is_alive(), "a client never got an answer nor an error"

    def _work(self) -> None:
        with Client(self._url) as client:
            self._complete_all(client)

    def _complete_all(self, client: Client) -> None:
        while True:
            try:
                task = self._tasks.get_nowait()
            except queue.Empty:
                return
            entry = self._ledger.send(task["processInstanceKey"], task["userTaskKey"])
            acknowledged = False
            try:
                body = {"variables": {"token": entry.token}}
                client.post(f"/v2/user-tasks/{entry.task}/completion", body)
                acknowledged = True
            except Cut:
                return
            except Refused as refusal:
                self.unexpected.append(str(refusal))
            finally:
                self._ledger.answered(entry, acknowledged=acknowledged)


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> tuple[str, str]:
    """Kind and URL of an empty database."""
    return request.param, request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def server(tmp_path: Path, database: tuple[str, str]) -> Iterator[LiveServer]:
    """A server that has its accounts from a first start as a demonstration."""
    running = LiveServer(tmp_path, database_url=database[1])
    running.start()
    running.stop()
    running.demo = False
    yield running
    running.kill()


@pytest.mark.parametrize("kills", [KILLS, pytest.param(SOAK_KILLS, marks=pytest.mark.slow)])
def test_nothing_acknowledged_is_lost_and_nothing_is_done_twice(
    server: LiveServer, database: tuple[str, str], kills: int
) -> None:
    ledger, chance = Ledger(), random.Random(FIXED)
    log = OUT / f"crash-{database[0]}.log"
    log.parent.mkdir(exist_ok=True)
    lines = []

    server.start()
    with Client(server.url) as client:
        begin(client)
    for kill in range(1, kills + 1):
        with Client(server.url) as client:
            tasks = open_tasks(client)
            if len(tasks) < INSTANCES // 2:
                begin(client)
                tasks = open_tasks(client)
        crew = Crew(server, ledger, tasks)
        crew.start()
        flying = kill_in_flight(server, ledger, ledger.acknowledged + chance.randint(0, 25))
        crew.wait()
        assert crew.unexpected == []
        lines.append(
            f"kill {kill}: {flying} completions in flight,"
            f" {len(ledger.entries)} sent, {ledger.acknowledged} acknowledged so far"
        )
        log.write_text("\n".join(lines) + "\n")
        assert flying >= FLYING
        server.start()

    finish(server, ledger)
    unanswered = sum(not entry.acknowledged for entry in ledger.entries)
    assert unanswered >= kills * FLYING // 2
    with Client(server.url) as client:
        assert ledger.differences(kept_tokens(client)) == []
        assert stuck(client) == []
    server.stop()


def begin(client: Client) -> None:
    """Deploy the model and start the instances."""
    client.deploy(MODEL.name, MODEL.read_bytes())
    for _ in range(INSTANCES):
        body = {"processDefinitionId": "ledger", "variables": {"tokens": [], "rounds": ROUNDS}}
        client.post("/v2/process-instances", body)


def kill_in_flight(server: LiveServer, ledger: Ledger, acknowledged: int) -> int:
    """Kill in the middle of the work, after so many answers; how many were on their way."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        # While the lock is held no answer is noted, so the number is what the kill cut short.
        with ledger.lock:
            if ledger.acknowledged >= acknowledged and ledger.flying >= FLYING:
                server.kill()
                return ledger.flying
        time.sleep(0.001)
    raise AssertionError(f"never {FLYING} completions in flight")


def open_tasks(client: Client) -> list[dict[str, Any]]:
    """All open tasks of the model, page by page."""
    return client.search_all("/v2/user-tasks/search", {"state": "CREATED"})


def finish(server: LiveServer, ledger: Ledger) -> None:
    """Complete whatever is still open, without any further kill."""
    for _ in range(ROUNDS + 1):
        with Client(server.url) as client:
            tasks = open_tasks(client)
        if not tasks:
            return
        crew = Crew(server, ledger, tasks)
        crew.start()
        crew.wait()
        assert crew.unexpected == []
    raise AssertionError("tasks are still open after as many rounds as an instance has")


def kept_tokens(client: Client) -> dict[str, list[str]]:
    """What the database kept: instance -> its tokens."""
    rows = client.search_all("/v2/variables/search?truncateValues=false", {"name": "tokens"})
    return {row["processInstanceKey"]: json.loads(row["value"]) for row in rows}


def stuck(client: Client) -> list[str]:
    """Instances that did not come to their end, and incidents."""
    rows = client.search_all("/v2/process-instances/search", {"processDefinitionId": "ledger"})
    assert len(rows) >= INSTANCES
    unfinished = [row["processInstanceKey"] for row in rows if row["state"] != "COMPLETED"]
    incidents = client.search_all("/v2/incidents/search", {})
    return unfinished + [row["incidentKey"] for row in incidents]
