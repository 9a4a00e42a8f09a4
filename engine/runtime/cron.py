"""Cron as Camunda 8 writes it: six fields (second first) or ``@daily`` and its like.

Fields: second minute hour day month weekday; lists, ranges, steps, names of
months and days, ``?``, ``L`` as the last day of the month. ``W`` and ``#`` are
refused: no procedure needs them.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_MACROS = {
    "@yearly": "0 0 0 1 1 *",
    "@annually": "0 0 0 1 1 *",
    "@monthly": "0 0 0 1 * *",
    "@weekly": "0 0 0 * * 0",
    "@daily": "0 0 0 * * *",
    "@midnight": "0 0 0 * * *",
    "@hourly": "0 0 * * * *",
}
_MONTHS = {name.upper(): index for index, name in enumerate(calendar.month_abbr) if name}
_DAYS = {
    name: index for index, name in enumerate(("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"))
}
_BOUNDS = ((0, 59), (0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
_LAST_DAY = -1
_YEARS_AHEAD = 8


@dataclass(frozen=True, slots=True)
class Cron:
    """Allowed values per field; day and weekday must both fit."""

    fields: tuple[frozenset[int], ...]

    @classmethod
    def parse(cls, text: str) -> Cron:
        """``ValueError`` names the field that is wrong."""
        fields = _MACROS.get(text.strip().lower(), text).upper().split()
        if len(fields) != 6:
            raise ValueError(f"'{text}' must have six fields: second minute hour day month weekday")
        parsed = [
            _field(field, bounds, text) for field, bounds in zip(fields, _BOUNDS, strict=True)
        ]
        parsed[5] = frozenset(day % 7 for day in parsed[5])
        return cls(tuple(parsed))

    def after(self, start: datetime, zone: ZoneInfo) -> datetime:
        """The next fitting instant later than ``start``; ``ValueError`` when there is none."""
        local = start.astimezone(zone).replace(microsecond=0, tzinfo=None) + timedelta(seconds=1)
        last = local.year + _YEARS_AHEAD
        while local.year <= last:
            jump = self._misfit(local)
            if jump is None:
                return local.replace(tzinfo=zone).astimezone(UTC)
            local = jump
        raise ValueError("the cron pattern never comes true")

    def _misfit(self, at: datetime) -> datetime | None:
        second, minute, hour, _, month, _ = self.fields
        midnight = at.replace(hour=0, minute=0, second=0)
        if at.month not in month:
            return (midnight.replace(day=1) + timedelta(days=32)).replace(day=1)
        if not self._day_fits(at):
            return midnight + timedelta(days=1)
        if at.hour not in hour:
            return at.replace(minute=0, second=0) + timedelta(hours=1)
        if at.minute not in minute:
            return at.replace(second=0) + timedelta(minutes=1)
        if at.second not in second:
            return at + timedelta(seconds=1)
        return None

    def _day_fits(self, at: datetime) -> bool:
        days, weekdays = self.fields[3], self.fields[5]
        last = calendar.monthrange(at.year, at.month)[1]
        fits = at.day in days or (_LAST_DAY in days and at.day == last)
        return fits and (at.weekday() + 1) % 7 in weekdays


def _field(field: str, bounds: tuple[int, int], text: str) -> frozenset[int]:
    values: set[int] = set()
    for part in field.split(","):
        if part == "L" and bounds == _BOUNDS[3]:
            values.add(_LAST_DAY)
            continue
        body, _, step = part.partition("/")
        low, high = _range(body, bounds, bool(step), text)
        values.update(range(low, high + 1, _number(step, (1, 59), text) if step else 1))
    return frozenset(values)


def _range(body: str, bounds: tuple[int, int], stepped: bool, text: str) -> tuple[int, int]:
    if body in ("*", "?"):
        return bounds
    first, dash, last = body.partition("-")
    low = _number(first, bounds, text)
    if not dash:
        return low, bounds[1] if stepped else low
    high = _number(last, bounds, text)
    if high < low:
        raise ValueError(f"'{body}' in '{text}' runs backwards")
    return low, high


def _number(word: str, bounds: tuple[int, int], text: str) -> int:
    names = _MONTHS if bounds == _BOUNDS[4] else _DAYS if bounds == _BOUNDS[5] else {}
    value = names.get(word, int(word) if word.isdigit() else None)
    if value is None or not bounds[0] <= value <= bounds[1]:
        raise ValueError(f"'{word}' in '{text}' is not between {bounds[0]} and {bounds[1]}")
    return value
