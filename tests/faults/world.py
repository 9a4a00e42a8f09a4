"""One schedule on a real installation, from the first start to the last reckoning."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engine.bootstrap import build_engine
from engine.commands.manage_accounts import CreateAccount
from engine.settings import Settings
from engine.store.migrate import migrate
from engine.testing import TESTER
from tests.faults.book import Book
from tests.faults.crew import Crew
from tests.faults.schedule import Fault, Schedule
from tests.live.client import Client, Cut, Refused
from tests.live.cluster import Cluster
from tests.live.receiver import Answer, Receiver
from tests.live.server import LiveServer
from tests.live.worker import LiveWorker

MODEL = Path(__file__).with_name("effects.bpmn")
NOON = 1_795_410_000_000
MINUTE = 60_000
PATIENCE = 150.0
TOLD = ["motcua.instance.*", "motcua.job.completed.v1"]
ENVIRONMENT = {
    "MOTCUA_TEST": "1",
    "MOTCUA_OUTGOING_SCHEMES": "http",
    "MOTCUA_OUTGOING_PRIVATE": "127.0.0.0/8",
    "MOTCUA_WEBHOOK_PAUSES": ",".join(["0.2", "0.5", *["1"] * 60]),
    "MOTCUA_WEBHOOK_SECONDS": "2",
    "MOTCUA_LEASE_SECONDS": "3",
}


def installed(url: str) -> str:
    """An empty database becomes an installation with an administrator."""
    migrate(url)
    engine = build_engine(Settings(database_url=url, demo=True))
    account = CreateAccount(name="admin", password="admin", roles=frozenset({"admin"}))
    engine.execute(account, TESTER)
    engine.close()
    return url


class World:
    """Server, worker and database of one schedule."""

    def __init__(
        self, folder: Path, url: str, receiver: Receiver, plan: Schedule, instances: int
    ) -> None:
        self.book = Book()
        self.cluster: Cluster | None = None
        self._url = url
        self._plan = plan
        self._instances = instances
        self._receiver = receiver
        self._server = LiveServer(folder, database_url=url, demo=False, environment=ENVIRONMENT)
        beside = url.startswith("postgresql")
        self._worker = LiveWorker(folder, url, ENVIRONMENT) if beside else None
        self._crew = Crew(self._server.url, self.book, plan, receiver.url(""))
        self._minutes = 0
        receiver.answers |= {"/effect": self.book.call, "/hook": Answer(204)}

    def run(self) -> list[str]:
        """Play the schedule; what is wrong afterwards, one sentence each."""
        try:
            self._prepare()
            self._crew.start(self._instances)
            for fault in self._plan.faults:
                self._apply(fault)
            self._crew.cured.set()
            stuck = self._finish()
            self._crew.stop()
            return stuck or self._reckon()
        finally:
            self._server.kill()
            if self._worker is not None:
                self._worker.kill()

    def _prepare(self) -> None:
        self._server.start()
        if self._worker is not None:
            self._worker.start()
        with Client(self._server.url) as client:
            client.call("PUT", "/v2/clock", {"timestamp": NOON})
            client.deploy(MODEL.name, MODEL.read_bytes())
            hook = {"label": "faults", "url": self._receiver.url("/hook"), "types": TOLD}
            client.post("/api/webhooks", hook)

    def _apply(self, fault: Fault) -> None:
        goal, end = self.book.total + fault.after, time.monotonic() + 5
        while self.book.total < goal and time.monotonic() < end:
            time.sleep(0.01)
        time.sleep(fault.pause)
        if fault.kind == "kill-server":
            self._server.kill()
            self._server.start()
        elif fault.kind == "kill-worker" and self._worker is not None:
            self._worker.kill()
            self._worker.start()
        elif fault.kind == "restart-database" and self.cluster is not None:
            self.cluster.crash()
        elif fault.kind == "clock":
            self._minutes += fault.minutes
            self._set_clock(self._minutes)

    def _set_clock(self, minutes: int) -> None:
        body = {"timestamp": NOON + minutes * MINUTE}
        self._ask(lambda client: client.call("PUT", "/v2/clock", body))

    def _ask(self, call: Callable[[Client], Any]) -> Any:
        """Until it is answered."""
        end = time.monotonic() + 60
        while True:
            try:
                with Client(self._server.url) as client:
                    return call(client)
            except (Cut, Refused):
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)

    def _finish(self) -> list[str]:
        """Let time pass and mend incidents until all is done; what is stuck when it is not."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self._minutes += 90
            self._set_clock(self._minutes)
            self._ask(_mend)
            rows = self._ask(lambda client: client.search_all("/v2/process-instances/search", {}))
            open_ones = [row["processInstanceKey"] for row in rows if row["state"] != "COMPLETED"]
            if len(rows) == self._instances and not open_ones:
                return []
            time.sleep(0.3)
        active = {"state": "ACTIVE"}
        left = self._ask(lambda client: client.search_all("/v2/incidents/search", active))
        incidents = [f"incident {row['errorType']} at {row['elementId']}" for row in left]
        return [f"{len(rows)} instances, stuck: {open_ones}", *incidents]

    def _reckon(self) -> list[str]:
        kept = self._ask(_variables("tokens"))
        receipts = self._ask(_variables("receipt"))
        found = self.book.differences({key: json.loads(value) for key, value in kept.items()})
        short = [key for key, value in kept.items() if len(json.loads(value)) != 2]
        found += [f"{key} has not two tokens" for key in short]
        given = set(self.book.receipts.values())
        held = [json.loads(value) for value in receipts.values()]
        found += [f"{receipt} was never given" for receipt in set(held) - given]
        if len(set(held)) != self._instances:
            found.append(f"{len(set(held))} different receipts for {self._instances} instances")
        events = self._ask(_feed)
        found += _feed_faults(events)
        found += self._hook_faults(events)
        return found + [f"unexpected: {text}" for text in self.book.unexpected]

    def _hook_faults(self, events: list[dict[str, Any]]) -> list[str]:
        wanted = [e["id"] for e in events if e["type"].startswith("motcua.instance.")]
        wanted += [e["id"] for e in events if e["type"] == "motcua.job.completed.v1"]
        end = time.monotonic() + PATIENCE
        while True:
            taken = [
                seen.headers["webhook-id"] for seen in self._receiver.seen if seen.path == "/hook"
            ]
            missing = set(wanted) - set(taken)
            if not missing or time.monotonic() > end:
                break
            time.sleep(0.2)
        found = [f"webhook {one} never came" for one in missing]
        found += [f"webhook {one} is no event" for one in set(taken) - set(wanted)]
        last: dict[str, int] = {}
        for one in dict.fromkeys(taken):
            subject, _, seq = one.partition("-")
            if int(seq) < last.get(subject, 0):
                found.append(f"webhook {one} came after {last[subject]}")
            last[subject] = int(seq)
        return found


def _mend(client: Client) -> None:
    """As an operator would: give the job retries again and resolve."""
    for row in client.search_all("/v2/incidents/search", {"state": "ACTIVE"}):
        try:
            if row.get("jobKey"):
                client.call("PATCH", f"/v2/jobs/{row['jobKey']}", {"changeset": {"retries": 3}})
            client.call("POST", f"/v2/incidents/{row['incidentKey']}/resolution", {})
        except Refused as refusal:
            if refusal.status not in (404, 409):
                raise


def _variables(name: str) -> Callable[[Client], dict[str, str]]:
    def ask(client: Client) -> dict[str, str]:
        rows = client.search_all("/v2/variables/search?truncateValues=false", {"name": name})
        own = [row for row in rows if row["scopeKey"] == row["processInstanceKey"]]
        return {row["processInstanceKey"]: row["value"] for row in own}

    return ask


def _feed(client: Client) -> list[dict[str, Any]]:
    """All events, once the relay has published the last ones."""
    found: list[dict[str, Any]] = []
    after, quiet = "", 0
    while quiet < 3:
        page = client.get(f"/api/events?limit=1000&wait=1{after}")
        found += page["items"]
        after = f"&after={page['page']['endCursor']}"
        quiet = 0 if page["items"] else quiet + 1
    return found


def _feed_faults(events: list[dict[str, Any]]) -> list[str]:
    found = []
    numbers: dict[str, list[int]] = {}
    for event in events:
        numbers.setdefault(event["subject"], []).append(int(event["sequence"]))
    for subject, seen in numbers.items():
        if seen != list(range(1, len(seen) + 1)):
            found.append(f"feed of {subject} is {seen}")
    done = Counter(e["data"]["key"] for e in events if e["type"] == "motcua.job.completed.v1")
    made = {e["data"]["key"] for e in events if e["type"] == "motcua.job.created.v1"}
    found += [f"job {key} completed {count} times" for key, count in done.items() if count != 1]
    found += [f"job {key} never completed" for key in made - done.keys()]
    return found
