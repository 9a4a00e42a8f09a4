"""Threads that work on outside jobs, and the heartbeat that keeps their leases.

The embedded dispatcher: it claims no more than it has free hands for, renews
every lease three times before it ends, and hands outcomes in as ordinary
commands. What a dying process leaves behind is leased again by the next one.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Mapping

from engine.domain.ids import Key
from engine.domain.jobs.outcomes import Work
from engine.ports.dispatcher import WorkSource
from engine.worker.handlers import OutsideHandler
from engine.worker.handling import outcome_of
from engine.worker.tools import Tools

log = logging.getLogger("motcua.worker")

LEASE_SECONDS = 30.0
HANDS = 4
LONGEST_WORK = 900.0


class Crew:
    """``turn`` claims and begins work; ``stop`` waits for what is under way."""

    def __init__(
        self,
        source: WorkSource,
        handlers: Mapping[str, OutsideHandler],
        tools: Tools,
        *,
        hands: int = HANDS,
        lease_seconds: float = LEASE_SECONDS,
        on_free: Callable[[], None] = lambda: None,
    ) -> None:
        self._source = source
        self._handlers = handlers
        self._tools = tools
        self._hands = hands
        self._lease = lease_seconds
        self._on_free = on_free
        self._name = f"{socket.gethostname()}/{os.getpid()}"
        self._held: dict[Key, tuple[int, float]] = {}
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._quiet = threading.Event()
        self._heart: threading.Thread | None = None

    def turn(self) -> int:
        """Claim for the free hands and begin; how many were begun."""
        free = self._hands - len(self._held)
        if free <= 0 or not self._handlers or self._ended.is_set():
            return 0
        found = self._source.claim(self._handlers.keys(), self._name, self._lease, free)
        for work in found:
            self._begin(work)
        return len(found)

    def stop(self, timeout: float) -> None:
        """Take no more; wait for handlers under way. Leases of the rest end by themselves."""
        self._ended.set()
        end = time.monotonic() + timeout
        while self._held and time.monotonic() < end:
            time.sleep(0.02)
        self._quiet.set()
        if self._heart is not None:
            self._heart.join(1.0)

    @property
    def busy(self) -> int:
        """How many jobs are being worked on."""
        return len(self._held)

    def _begin(self, work: Work) -> None:
        if self._heart is None:
            self._heart = threading.Thread(target=self._beat, name="motcua-heart", daemon=True)
            self._heart.start()
        with self._lock:
            self._held[work.job.key] = (work.job.fence, time.monotonic())
        # Daemons: a handler that hangs must not keep a stopped process alive.
        threading.Thread(target=self._do, args=(work,), name="motcua-hand", daemon=True).start()

    def _do(self, work: Work) -> None:
        try:
            outcome = outcome_of(work, self._handlers, self._tools)
            self._source.finish(work, outcome)
        except Exception as error:
            # The lease ends by itself and the job is given again.
            log.warning("job %s not finished: %s", work.job.key, type(error).__name__)
        finally:
            with self._lock:
                self._held.pop(work.job.key, None)
            self._on_free()

    def _beat(self) -> None:
        # Goes on while the crew stops: its last jobs must not lose their leases.
        while not self._quiet.wait(self._lease / 3):
            self._renew()

    def _renew(self) -> None:
        now = time.monotonic()
        with self._lock:
            held = {
                key: fence
                for key, (fence, since) in self._held.items()
                if now - since < LONGEST_WORK
            }
        if not held:
            return
        try:
            lost = held.keys() - self._source.renew(held, self._lease)
        except Exception as error:
            log.warning("heartbeat failed: %s", type(error).__name__)
            return
        for key in lost:
            log.info("lease of job %s is lost", key)
