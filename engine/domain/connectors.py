"""Other systems we ask: when they are closed for maintenance, and when they count as down.

Maintenance windows are local times; one that ends before it begins goes on past
midnight, and ``days`` are those it begins on. Nothing here asks a network.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from engine.domain.law import LawRow

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
STATES: Final = ("unknown", "up", "failing", "down", "maintenance")
DOWN_AFTER: Final = 5
"""Failures in a row after which nobody is sent there but one caller a minute."""
PROBE: Final = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A weekly time in which a system is closed."""

    days: tuple[str, ...]
    begins: time
    ends: time

    def until(self, at: datetime) -> datetime | None:
        """When the window that is open at this local time ends."""
        for back in (0, 1):
            day = at.date() - timedelta(days=back)
            if self.days and DAYS[day.weekday()] not in self.days:
                continue
            begins = datetime.combine(day, self.begins, at.tzinfo)
            ends = datetime.combine(day, self.ends, at.tzinfo)
            if ends <= begins:
                ends += timedelta(days=1)
            if begins <= at < ends:
                return ends
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How the last calls went; instants are real time."""

    id: str
    failures: int = 0
    reason: str | None = None
    last_success: datetime | None = None
    last_failure: datetime | None = None

    @property
    def state(self) -> str:
        """``unknown`` before the first call, ``up``, ``failing`` or ``down``."""
        if self.failures >= DOWN_AFTER:
            return "down"
        if self.failures:
            return "failing"
        return "up" if self.last_success else "unknown"

    def closed_until(self, now: datetime) -> datetime | None:
        """Until when a system that is down is spared."""
        if self.state != "down" or self.last_failure is None:
            return None
        until = self.last_failure + PROBE
        return until if until > now else None


def windows_of(row: LawRow) -> tuple[Window, ...]:
    """The maintenance windows of a connector's row; the schema has checked them."""
    found = row.body.get("maintenance")
    entries: Sequence[object] = found if isinstance(found, Sequence) else ()
    return tuple(_window(entry) for entry in entries if isinstance(entry, Mapping))


def maintained_until(row: LawRow, now: datetime, zone: ZoneInfo) -> datetime | None:
    """When the maintenance under way ends, None when there is none."""
    at = now.astimezone(zone)
    ends = [end for window in windows_of(row) if (end := window.until(at)) is not None]
    return max(ends, default=None)


def _window(entry: Mapping[str, object]) -> Window:
    days = entry.get("days")
    return Window(
        days=tuple(str(day) for day in days) if isinstance(days, Sequence) else (),
        begins=time.fromisoformat(str(entry["from"])),
        ends=time.fromisoformat(str(entry["until"])),
    )
