"""The client's own book of what it asked for and what it was told.

Every completion carries a token nobody else has; the process appends it to its
variable ``tokens``. So an instance's variable can be held against the book:
an acknowledged token must stand there exactly once, an unanswered one at most once.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field


@dataclass(slots=True)
class Entry:
    """One completion that was sent."""

    instance: str
    task: str
    token: str
    acknowledged: bool = False


@dataclass(slots=True)
class Ledger:
    """All completions sent, and how many are on their way right now."""

    entries: list[Entry] = field(default_factory=list)
    flying: int = 0
    acknowledged: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def send(self, instance: str, task: str) -> Entry:
        """Note a completion before it leaves."""
        with self.lock:
            entry = Entry(instance, task, f"{task}-{len(self.entries)}")
            self.entries.append(entry)
            self.flying += 1
        return entry

    def answered(self, entry: Entry, *, acknowledged: bool) -> None:
        """Note how it ended: with a 2xx, or without one."""
        with self.lock:
            entry.acknowledged = acknowledged
            self.acknowledged += acknowledged
            self.flying -= 1

    def differences(self, kept: dict[str, list[str]]) -> list[str]:
        """What the instances' tokens say against the book, one sentence each."""
        found = []
        sent: dict[str, dict[str, bool]] = {}
        for entry in self.entries:
            sent.setdefault(entry.instance, {})[entry.token] = entry.acknowledged
        for instance, tokens in kept.items():
            book = sent.get(instance, {})
            doubled = {token for token in tokens if tokens.count(token) > 1}
            lost = {token for token, told in book.items() if told} - set(tokens)
            unknown = set(tokens) - book.keys()
            found += [f"{instance}: {token} applied twice" for token in doubled]
            found += [f"{instance}: {token} acknowledged and lost" for token in lost]
            found += [f"{instance}: {token} never sent" for token in unknown]
        missing = sent.keys() - kept.keys()
        return found + [f"{instance}: has no tokens" for instance in sorted(missing)]
