"""Who works during a schedule: starters, workers good and slow, a sender of messages."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

from tests.faults.book import Book
from tests.faults.schedule import Schedule
from tests.live.client import Client, Cut, Refused

LEASE_MS = 1500
PAUSE = 0.05
# What a caller must expect while a server or its database is going down or coming up.
PASSING = frozenset({404, 409, 503})


class Crew:
    """Threads that go on through every fault until they are told to end."""

    def __init__(self, url: str, book: Book, plan: Schedule, receiver_url: str) -> None:
        self._url = url
        self._book = book
        self._plan = plan
        self._receiver_url = receiver_url
        self._ended = threading.Event()
        self.cured = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self, instances: int) -> None:
        """Begin all of it."""
        works: list[Callable[[Client], None]] = [
            lambda client: self._start_all(client, instances),
            lambda client: self._send_all(client, instances),
            *(
                lambda client, number=number: self._work(client, random.Random(number))
                for number in range(3)
            ),
        ]
        for work in works:
            thread = threading.Thread(target=self._run, args=(work,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """End, and wait for answers under way."""
        self._ended.set()
        for thread in self._threads:
            thread.join(60)
            assert not thread.is_alive(), "somebody never got an answer nor an error"

    def _run(self, work: Callable[[Client], None]) -> None:
        with Client(self._url) as client:
            work(client)

    def insist(self, call: Callable[[], Any], *enough: int) -> Any:
        """Repeat a call until it is answered; statuses in ``enough`` count as done."""
        while not self._ended.is_set():
            try:
                return call()
            except Cut:
                time.sleep(PAUSE)
            except Refused as refusal:
                if refusal.status in enough:
                    return None
                self._odd(refusal)
                time.sleep(PAUSE)
        return None

    def _odd(self, refusal: Refused) -> None:
        if refusal.status not in PASSING:
            with self._book.lock:
                self._book.unexpected.append(str(refusal))

    def _start_all(self, client: Client, instances: int) -> None:
        for number in range(instances):
            body = {
                "processDefinitionId": "effects",
                "businessId": f"effects-{number}",
                "variables": {
                    "tokens": [],
                    "url": f"{self._receiver_url}/effect",
                    "code": f"code-{number}",
                    "poison": number in self._plan.poisoned,
                },
            }
            key = f"start-{self._plan.seed}-{number}"
            self.insist(partial(client.post_once, "/v2/process-instances", body, key))

    def _send_all(self, client: Client, instances: int) -> None:
        for number in range(instances):
            body = {
                "name": "go",
                "correlationKey": f"code-{number}",
                "messageId": f"go-{number}",
                "timeToLive": 7 * 24 * 3600 * 1000,
            }
            # 409: it was published, only the answer was lost.
            self.insist(partial(client.post, "/v2/messages/publication", body), 409)
            time.sleep(PAUSE)

    def _work(self, client: Client, chance: random.Random) -> None:
        while not self._ended.is_set():
            for kind in ("fault-work", "fault-last"):
                for job in self._activate(client, kind):
                    self._do(client, job, chance)
            time.sleep(PAUSE)

    def _activate(self, client: Client, kind: str) -> list[dict[str, Any]]:
        body = {
            "type": kind,
            "timeout": LEASE_MS,
            "maxJobsToActivate": 2,
            "requestTimeout": -1,
            "withLease": True,
        }
        try:
            return list(client.post("/v2/jobs/activation", body)["jobs"])
        except Cut:
            return []
        except Refused as refusal:
            self._odd(refusal)
            return []

    def _do(self, client: Client, job: dict[str, Any], chance: random.Random) -> None:
        lease = {"jobLeaseToken": job["jobLeaseToken"]}
        poisoned = job["variables"].get("poison") and job["type"] == "fault-last"
        if poisoned and not self.cured.is_set():
            body = {"retries": job["retries"] - 1, "errorMessage": "poison", **lease}
            self._quietly(lambda: client.post(f"/v2/jobs/{job['jobKey']}/failure", body))
            return
        if chance.random() < self._plan.slow:
            time.sleep(LEASE_MS / 1000 + 0.3)
        if chance.random() < self._plan.twice:
            # Somebody else completes the same job at the same time, without any lease.
            other = threading.Thread(target=self._impostor, args=(job,), daemon=True)
            other.start()
            self._complete(client, job, lease)
            other.join(60)
        else:
            self._complete(client, job, lease)

    def _impostor(self, job: dict[str, Any]) -> None:
        with Client(self._url) as client:
            self._complete(client, job, {})

    def _complete(self, client: Client, job: dict[str, Any], lease: dict[str, str]) -> None:
        token = f"{job['jobKey']}-{uuid4().hex[:8]}"
        body = {"variables": {"token": token}, **lease}
        try:
            client.post(f"/v2/jobs/{job['jobKey']}/completion", body)
            self._book.note(job["jobKey"], token, "acknowledged")
        except Cut:
            self._book.note(job["jobKey"], token, "unanswered")
        except Refused as refusal:
            self._odd(refusal)
            # A server that goes down may have committed before it could answer.
            self._book.note(
                job["jobKey"], token, "unanswered" if refusal.status >= 500 else "refused"
            )

    def _quietly(self, call: Callable[[], Any]) -> None:
        try:
            call()
        except Cut:
            return
        except Refused as refusal:
            self._odd(refusal)
