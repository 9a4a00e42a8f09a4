"""Properties of temporal values and ranges: ``date.year``, ``duration.days``, ``range.start``."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from engine.feel.errors import NoValue
from engine.feel.values.dates import FeelDate
from engine.feel.values.durations import DaysDuration, MonthsDuration, days_duration_of_seconds
from engine.feel.values.kinds import type_of
from engine.feel.values.ranges import Range
from engine.feel.values.times import NANOS, FeelDateTime, FeelTime

_Getter = Callable[..., object]


def _truncated(total: int, unit: int, wrap: int | None) -> Decimal:
    part = abs(total) // unit
    part = part if wrap is None else part % wrap
    return Decimal(-part if total < 0 else part)


def _offset(value: FeelTime | FeelDateTime) -> object:
    return days_duration_of_seconds(value.utc_offset) if value.has_zone else None


_DATE: dict[str, _Getter] = {
    "year": lambda date: Decimal(date.year),
    "month": lambda date: Decimal(date.month),
    "day": lambda date: Decimal(date.day),
    "weekday": lambda date: Decimal(date.weekday),
}
_TIME: dict[str, _Getter] = {
    "hour": lambda time: Decimal(time.hour),
    "minute": lambda time: Decimal(time.minute),
    "second": lambda time: Decimal(time.second),
    "time offset": _offset,
    "timezone": lambda time: time.zone,
}
_PROPERTIES: dict[type, dict[str, _Getter]] = {
    FeelDate: _DATE,
    FeelTime: _TIME,
    MonthsDuration: {
        "years": lambda d: _truncated(d.months, 12, None),
        "months": lambda d: _truncated(d.months, 1, 12),
    },
    DaysDuration: {
        "days": lambda d: _truncated(d.nanos, 86_400 * NANOS, None),
        "hours": lambda d: _truncated(d.nanos, 3600 * NANOS, 24),
        "minutes": lambda d: _truncated(d.nanos, 60 * NANOS, 60),
        "seconds": lambda d: _truncated(d.nanos, NANOS, 60),
    },
    Range: {
        "start": lambda r: r.low,
        "end": lambda r: r.high,
        "start included": lambda r: r.low_closed,
        "end included": lambda r: r.high_closed,
    },
}


def property_of(value: object, name: str) -> object:
    """The property, or ``NoValue`` naming the ones there are."""
    if isinstance(value, FeelDateTime):
        if name == "time offset":
            return _offset(value)
        value = value.date if name in _DATE else value.time
    properties = _PROPERTIES.get(type(value))
    if properties is None:
        raise NoValue(f"a {type_of(value)} has no entry {name!r}", "path")
    getter = properties.get(name)
    if getter is None:
        known = ", ".join(properties)
        raise NoValue(f"a {type_of(value)} has no property {name!r} (it has: {known})", "path")
    return getter(value)
