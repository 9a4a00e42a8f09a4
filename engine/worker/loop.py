"""The job runner: a thread that runs what is due, hands jobs to the crew, seals and tidies up.

One poll interval is the guarantee; commands run what they cause right after
their own commit, so in the normal case there is nothing left to find.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from typing import Protocol

from engine.ports.bell import OWN, Bell
from engine.worker.couriers import Couriers
from engine.worker.crew import Crew

log = logging.getLogger("motcua.worker")

SEAL_SECONDS = 60.0


class Runs(Protocol):
    """What the loop needs of the engine."""

    @property
    def bell(self) -> Bell: ...
    def run_due(self, limit: int = 100) -> int: ...
    def relay(self) -> int: ...
    def seal(self) -> int: ...
    def tidy(self) -> int: ...


class JobRunner:
    """Start after fork, stop before exit; ``stop`` waits for the step under way."""

    def __init__(
        self,
        engine: Runs,
        poll_interval: float,
        crew: Crew | None = None,
        couriers: Couriers | None = None,
        also: Sequence[Callable[[], int]] = (),
    ) -> None:
        self._engine = engine
        self._poll = poll_interval
        self._crew = crew
        self._couriers = couriers
        self._also = tuple(also)
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._sealed_at = time.monotonic()

    def start(self) -> None:
        """Begin polling in a thread of its own."""
        self._thread = threading.Thread(target=self.run, name="motcua-jobs", daemon=True)
        self._thread.start()

    def stop(self, timeout: float = 10.0) -> None:
        """Ask the loop to end and wait at most ``timeout`` seconds."""
        self._stop.set()
        self._engine.bell.ring((OWN,))
        if self._thread is not None:
            self._thread.join(timeout)
        if self._crew is not None:
            self._crew.stop(timeout)
        if self._couriers is not None:
            self._couriers.stop(timeout)

    def run(self) -> None:
        """Poll until stopped; a failing turn is logged by its type and repeated."""
        while not self._stop.is_set():
            mark = self._engine.bell.mark()
            done = self._turn()
            # A full turn means there is more: go on at once.
            if done == 0 and not self._stop.is_set():
                self._engine.bell.wait((OWN,), mark, self._poll)

    def _turn(self) -> int:
        try:
            if time.monotonic() - self._sealed_at >= SEAL_SECONDS:
                self._sealed_at = time.monotonic()
                self._engine.seal()
                self._engine.tidy()
            done = self._engine.run_due() + self._engine.relay()
            done += self._crew.turn() if self._crew is not None else 0
            done += sum(turn() for turn in self._also)
            return done + (self._couriers.turn() if self._couriers is not None else 0)
        except Exception as error:
            log.warning("turn failed: %s", type(error).__name__)
            return 0
