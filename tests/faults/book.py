"""The book of effects: what workers were told, what the other system did, who was notified."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.live.receiver import Answer, Seen


@dataclass(slots=True)
class Book:
    """Completions by job, calls by idempotency key; everything under one lock."""

    acknowledged: dict[str, list[str]] = field(default_factory=dict)
    unanswered: dict[str, list[str]] = field(default_factory=dict)
    receipts: dict[str, str] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)
    unexpected: list[str] = field(default_factory=list)
    rejected: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def total(self) -> int:
        """How many completions were acknowledged."""
        with self.lock:
            return sum(len(tokens) for tokens in self.acknowledged.values())

    def note(self, job: str, token: str, outcome: str) -> None:
        """How a completion ended: ``acknowledged``, ``unanswered`` or ``refused``."""
        with self.lock:
            if outcome == "acknowledged":
                self.acknowledged.setdefault(job, []).append(token)
            elif outcome == "unanswered":
                self.unanswered.setdefault(job, []).append(token)
            else:
                self.rejected += 1

    def call(self, seen: Seen) -> Answer:
        """The other system: the same key is the same effect and the same receipt."""
        key = seen.headers["idempotency-key"]
        with self.lock:
            self.calls[key] += 1
            receipt = self.receipts.setdefault(key, f"receipt-{len(self.receipts)}")
        body = json.dumps({"receipt": receipt}).encode()
        return Answer(200, {"Content-Type": "application/json"}, body)

    def differences(self, kept: Mapping[str, list[str]]) -> list[str]:
        """What the instances' tokens say against what workers were told."""
        told = {t for tokens in self.acknowledged.values() for t in tokens}
        sent = told | {t for tokens in self.unanswered.values() for t in tokens}
        stored = [token for tokens in kept.values() for token in tokens]
        found = [
            f"job {job}: acknowledged {len(tokens)} times"
            for job, tokens in self.acknowledged.items()
            if len(tokens) > 1
        ]
        found += [f"{token}: acknowledged and lost" for token in told - set(stored)]
        found += [f"{token}: applied twice" for token, n in Counter(stored).items() if n > 1]
        found += [f"{token}: never sent" for token in set(stored) - sent]
        return found
