"""The bell of one process, and PostgreSQL's NOTIFY between processes.

NOTIFY is sent after the commit from a connection of its own, at most once per
``COALESCE`` seconds, so it never lengthens a transaction. Threads begin with
the first use, after the fork, and a failing connection is tried again.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import threading
from collections.abc import Collection
from typing import Any, Final

from engine.store.database import Database

log = logging.getLogger("motcua.store")

CHANNEL: Final = "motcua_work"
COALESCE: Final = 0.05
AGAIN: Final = 2.0
# PostgreSQL takes 8,000 bytes; more topics than fit mean: everybody look.
PAYLOAD_LIMIT: Final = 7000
ALL: Final = "*"


class LocalBell:
    """``engine.ports.bell.Bell`` inside one process: all that SQLite needs."""

    def __init__(self) -> None:
        self._rings: dict[str, int] = {}
        self._count = 0
        self._condition = threading.Condition()
        self.closed = False

    def mark(self) -> int:
        """The number of rings so far."""
        with self._condition:
            return self._count

    def wait(self, topics: Collection[str], since: int, seconds: float) -> bool:
        """Wait for a ring after the mark."""
        wanted = (*topics, ALL)

        def rung() -> bool:
            return self.closed or any(self._rings.get(topic, -1) > since for topic in wanted)

        with self._condition:
            return self._condition.wait_for(rung, seconds)

    def ring(self, topics: Collection[str]) -> None:
        """Wake those who wait here."""
        if not topics:
            return
        with self._condition:
            self._count += 1
            for topic in topics:
                self._rings[topic] = self._count
            self._condition.notify_all()

    def close(self) -> None:
        """Wake everybody for good."""
        self.closed = True
        self.ring((ALL,))


class NotifyBell(LocalBell):
    """The same, and a word to the other processes of the database."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database = database
        self._pid = 0
        self._name = ""
        self._start_guard = threading.Lock()
        self._waiting: set[str] = set()
        self._filled = threading.Event()

    def wait(self, topics: Collection[str], since: int, seconds: float) -> bool:
        """Wait for a ring, from here or from elsewhere."""
        self._start()
        return super().wait(topics, since, seconds)

    def ring(self, topics: Collection[str]) -> None:
        """Wake those here at once, those elsewhere within ``COALESCE`` seconds."""
        super().ring(topics)
        if topics and not self.closed:
            self._start()
            with self._start_guard:
                self._waiting.update(topics)
            self._filled.set()

    def close(self) -> None:
        """End the threads; the listening one notices within a second."""
        super().close()
        self._filled.set()

    def _start(self) -> None:
        if self._pid == os.getpid():
            return
        with self._start_guard:
            if self._pid == os.getpid() or self.closed:
                return
            self._pid = os.getpid()
            self._name = secrets.token_hex(8)
            for work in (self._tell, self._hear):
                threading.Thread(target=self._forever, args=(work,), daemon=True).start()

    def _forever(self, work: Any) -> None:
        while not self.closed:
            try:
                with self._database.alone() as connection:
                    work(connection)
            except Exception as error:
                log.info("bell: %s; polling goes on", type(error).__name__)
                threading.Event().wait(AGAIN)

    def _tell(self, connection: Any) -> None:
        while not self.closed:
            self._filled.wait()
            threading.Event().wait(COALESCE)
            self._filled.clear()
            with self._start_guard:
                topics, self._waiting = sorted(self._waiting), set()
            if topics and not self.closed:
                payload = json.dumps([self._name, *topics])
                if len(payload) > PAYLOAD_LIMIT:
                    payload = json.dumps([self._name, ALL])
                connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, payload))

    def _hear(self, connection: Any) -> None:
        connection.execute(f"LISTEN {CHANNEL}")
        # What was rung while nobody listened is looked for once.
        super().ring((ALL,))
        while not self.closed:
            for notice in connection.notifies(timeout=1.0):
                name, *topics = _words(notice.payload)
                # Our own words come back too; those here were woken long ago.
                if name != self._name:
                    super().ring(topics)
                if self.closed:
                    return


def _words(payload: str) -> list[str]:
    """Who rang and the topics; anything unreadable wakes everybody."""
    try:
        found = json.loads(payload)
    except ValueError:
        return ["", ALL]
    if not isinstance(found, list) or not found:
        return ["", ALL]
    return [str(each) for each in found]
