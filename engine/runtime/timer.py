"""When a timer is due: date, duration and cycle, computed from the step's clock.

Local text without an offset is Vietnamese time. A cycle is ``R3/PT10M``,
``R/P1D``, ``R5/<start>/PT1H``, ``R2/PT1H/<end>``, or cron. The machine's
clock is never read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.runtime.cron import Cron
from engine.runtime.duration import Duration, parse_duration
from engine.runtime.expression import ZONE

TimerKind = Literal["date", "duration", "cycle"]


@dataclass(frozen=True, slots=True)
class Due:
    """A planned firing. ``left`` counts this one and those after it, -1 for ever."""

    at: datetime
    left: int
    anchor: datetime
    fired: int = 0


def first_due(kind: TimerKind, text: str, now: datetime) -> Due:
    """The first firing of a timer that starts to run now; ``ValueError`` for bad text."""
    if kind == "date":
        at = parse_instant(text)
        return Due(at, 1, at)
    if kind == "duration":
        return Due(parse_duration(text).after(now, ZONE), 1, now)
    return parse_cycle(text).first(now)


def next_due(text: str, due: Due, now: datetime | None = None) -> Due | None:
    """The firing of a cycle after ``due`` and later than ``now``; None when there is none.

    Planned times that passed meanwhile are used up: they were one firing together.
    """
    if due.left == 1:
        return None
    return parse_cycle(text).following(due, now or due.at)


@dataclass(frozen=True, slots=True)
class Cycle:
    """Repetitions of one interval, or of a cron pattern."""

    repetitions: int
    interval: Duration | None
    start: datetime | None = None
    cron: Cron | None = None

    def first(self, now: datetime) -> Due:
        """The first firing."""
        if self.cron is not None:
            return Due(self.cron.after(now, ZONE), -1, now)
        if self.start is not None:
            return Due(self.start, self.repetitions, self.start)
        return Due(self._nth(now, 1), self.repetitions, now, 1)

    def following(self, due: Due, now: datetime) -> Due | None:
        """The firing after one: counted from the anchor, so P1M stays on the 31st."""
        after = max(due.at, now)
        if self.cron is not None:
            return Due(self.cron.after(after, ZONE), -1, due.anchor)
        fired = self._first_beyond(due.anchor, due.fired + 1, after)
        left = due.left if due.left < 0 else due.left - (fired - due.fired)
        if left == 0 or (left < 0 <= due.left):
            return None
        return Due(self._nth(due.anchor, fired), left, due.anchor, fired)

    def after(self, anchor: datetime, now: datetime) -> datetime | None:
        """The first planned time later than ``now`` of a cycle that began at ``anchor``."""
        if self.cron is not None:
            return self.cron.after(now, ZONE)
        first, base = (1, anchor) if self.start is None else (0, self.start)
        count = self._first_beyond(base, first, now)
        if 0 <= self.repetitions <= count - first:
            return None
        return self._nth(base, count)

    def _first_beyond(self, anchor: datetime, least: int, after: datetime) -> int:
        """By halving: a cycle of seconds may have missed days."""
        high = least
        while self._nth(anchor, high) <= after:
            high = high * 2 + 1
        low = least
        while low < high:
            middle = (low + high) // 2
            if self._nth(anchor, middle) > after:
                high = middle
            else:
                low = middle + 1
        return low

    def _nth(self, anchor: datetime, count: int) -> datetime:
        assert self.interval is not None  # noqa: S101  # a cycle without cron has an interval
        return self.interval.after(anchor, ZONE, count)


def parse_cycle(text: str) -> Cycle:
    """A repeating interval or cron text; ``ValueError`` says what is wrong."""
    parts = text.strip().replace("--", "/").split("/")
    if not parts[0].upper().startswith("R"):
        if len(parts) == 1 and not text.strip().upper().startswith("P"):
            return Cycle(-1, None, cron=Cron.parse(text))
        raise ValueError(f"'{text}' is no cycle such as R3/PT10M, R/P1D or '0 0 9 * * MON-FRI'")
    repetitions = _repetitions(parts[0], text)
    start, interval = _start_and_interval(parts[1:], text)
    if not interval.is_positive:
        raise ValueError(f"the interval of '{text}' must lead forward in time")
    return Cycle(repetitions, interval, start)


def parse_instant(text: str) -> datetime:
    """An ISO date-time or date, in UTC; without an offset it is Vietnamese time."""
    plain = text.strip().split("@")[0].split("[")[0]
    try:
        at = datetime.fromisoformat(plain)
    except ValueError:
        raise ValueError(f"'{text}' is no date such as 2026-01-31T17:00:00+07:00") from None
    if "T" not in plain.upper() and " " not in plain:
        at = datetime.combine(at.date(), time(), ZONE)
    elif at.tzinfo is None:
        at = at.replace(tzinfo=_zone_of(text))
    return at.astimezone(UTC)


def millis(at: datetime) -> int:
    """Milliseconds since 1970, as instants are stored."""
    return round(at.timestamp() * 1000)


def from_millis(value: int) -> datetime:
    """The instant of a stored number of milliseconds."""
    return datetime.fromtimestamp(value / 1000, UTC)


def _zone_of(text: str) -> ZoneInfo:
    for opening in "@[":
        if opening in text:
            try:
                return ZoneInfo(text.split(opening)[1].rstrip("]"))
            except (ZoneInfoNotFoundError, ValueError):
                raise ValueError(f"'{text}' names an unknown time zone") from None
    return ZONE


def _repetitions(part: str, text: str) -> int:
    digits = part[1:]
    if not digits:
        return -1
    if not digits.isdigit() or int(digits) == 0:
        raise ValueError(f"'{text}' must repeat at least once: write R3/... or R/... for ever")
    return int(digits)


def _start_and_interval(parts: list[str], text: str) -> tuple[datetime | None, Duration]:
    if len(parts) == 1:
        return None, parse_duration(parts[0])
    if len(parts) != 2:
        raise ValueError(f"'{text}' is no repeating interval such as R3/PT10M")
    if parts[0].upper().startswith("P"):
        interval, end = parse_duration(parts[0]), parse_instant(parts[1])
        return interval.after(end, ZONE, -1), interval
    return parse_instant(parts[0]), parse_duration(parts[1])
