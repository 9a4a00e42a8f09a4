"""Due timers, one root or start event per transaction, a bounded number per turn.

A timer that cannot be fired is put aside for a minute: a hundred of them would
otherwise fill every turn, and nothing behind them would ever be due.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from engine.commands.fire_timers import FireStart, FireTimers
from engine.commands.hand_over import ExpireHandOver
from engine.domain.actors import SYSTEM, Actor
from engine.errors import Conflict, NotFound
from engine.ports.engine import Done
from engine.ports.store import Store

log = logging.getLogger("motcua.dispatch")

ASIDE_SECONDS = 60.0
REFUSED_SECONDS = 5.0
ASIDE_MOST = 10_000


class Firing:
    """Finds what is due without a lock and fires each as a command of its own."""

    def __init__(self, store: Store, execute: Callable[[object, Actor], Done]) -> None:
        self._store = store
        self._execute = execute
        self._aside: dict[object, float] = {}

    def turn(self, limit: int) -> int:
        """Fire up to ``limit`` roots and as many start events; how many fired."""
        self._forget()
        most = limit + len(self._aside)
        with self._store.reading(SYSTEM) as uow:
            roots = uow.waits.due_roots(uow.now, most)
            starts = uow.waits.due_starts(uow.now, most)
            offers = uow.hand_overs.overdue(uow.now, most)
        commands: list[object] = [FireTimers(root_key=key) for key in roots]
        fired = self._fire(commands, limit)
        commands = [
            FireStart(
                definition_key=start.definition.key,
                element_id=start.element_id,
                expression=start.expression,
            )
            for start in starts
        ]
        fired += self._fire(commands, limit)
        lapsed: list[object] = [ExpireHandOver(key=offer.key) for offer in offers]
        return fired + self._fire(lapsed, limit)

    def _fire(self, commands: list[object], limit: int) -> int:
        wanted = [each for each in commands if each not in self._aside][:limit]
        return sum(self._once(command) for command in wanted)

    def _once(self, command: object) -> int:
        try:
            return int(bool(self._execute(command, SYSTEM).result["fired"]))
        except (Conflict, NotFound):
            # Ended meanwhile, or refused as it stands: the timer may stay due.
            self._put_aside(command, REFUSED_SECONDS)
            return 0
        except Exception as error:
            log.warning("%s failed: %s", type(command).__name__, type(error).__name__)
            self._put_aside(command, ASIDE_SECONDS)
            return 0

    def _put_aside(self, command: object, seconds: float) -> None:
        if len(self._aside) < ASIDE_MOST:
            self._aside[command] = time.monotonic() + seconds

    def _forget(self) -> None:
        now = time.monotonic()
        self._aside = {each: until for each, until in self._aside.items() if until > now}
