"""Pin business time, or let it run again. Demo and test only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import Context, Result
from engine.domain.events import ClockPinned
from engine.errors import Forbidden


@dataclass(frozen=True, slots=True, kw_only=True)
class PinClock:
    """``at`` in either direction; None resets. Leases and sessions keep the real clock."""

    at: datetime | None


def pin_clock(command: PinClock, context: Context) -> Result:
    if not (context.settings.demo or context.settings.test):
        raise Forbidden("The clock can be moved in demo and test only.", code="clock-fixed")

    context.uow.pin_clock(command.at)
    context.uow.record(None, ClockPinned(at=command.at))
    return {}
