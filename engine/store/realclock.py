"""The database's real clock, known without asking it each time.

A process measures once a minute how far its own clock is off; leases are
written with the database's clock itself.
"""

from __future__ import annotations

import time
from datetime import datetime

from sqlalchemy import Connection, select

from engine.store.sqltypes import RealNow, from_ms, to_ms

MEASURE_SECONDS = 60.0


class RealClock:
    """One per process and database."""

    def __init__(self) -> None:
        self._offset_ms = 0
        self._measured_at: float | None = None

    def now(self, connection: Connection) -> datetime:
        """The instant on the database's clock."""
        if connection.dialect.name != "sqlite":
            self._measure(connection)
        return from_ms(_machine_ms() + self._offset_ms)

    def _measure(self, connection: Connection) -> None:
        tick = time.monotonic()
        if self._measured_at is not None and tick - self._measured_at < MEASURE_SECONDS:
            return
        before = _machine_ms()
        theirs = connection.execute(select(RealNow())).scalar_one()
        self._offset_ms = to_ms(theirs) - (before + _machine_ms()) // 2
        self._measured_at = tick


def _machine_ms() -> int:
    return time.time_ns() // 1_000_000
