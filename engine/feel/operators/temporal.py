"""Arithmetic of dates, times and durations; None means: no meaning for these types."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_DOWN, Decimal
from typing import TypeVar

from engine.feel.decimals import CONTEXT, ZERO, of_int
from engine.feel.errors import NoValue
from engine.feel.values.dates import YEAR_LIMIT, FeelDate
from engine.feel.values.durations import DaysDuration, MonthsDuration
from engine.feel.values.times import (
    MIDNIGHT_UTC,
    NANOS_OF_DAY,
    FeelDateTime,
    FeelTime,
)

_Moment = TypeVar("_Moment", FeelDate, FeelDateTime)
_NANOS_LIMIT = YEAR_LIMIT * 366 * NANOS_OF_DAY
_MONTHS_LIMIT = YEAR_LIMIT * 12 * 2


def add_temporal(left: object, right: object) -> object:
    """A duration to a point in time or to its like, in either order."""
    if isinstance(right, MonthsDuration | DaysDuration):
        return _shift(left, right, 1)
    if isinstance(left, MonthsDuration | DaysDuration):
        return _shift(right, left, 1)
    return None


def subtract_temporal(left: object, right: object) -> object:
    """A duration from a point in time or its like; or one point from another."""
    if isinstance(right, MonthsDuration | DaysDuration):
        return _shift(left, right, -1)
    return _difference(left, right)


def _shift(value: object, by: MonthsDuration | DaysDuration, sign: int) -> object:
    if isinstance(by, MonthsDuration):
        return _shift_months(value, by.months * sign)
    return _shift_nanos(value, by.nanos * sign)


def _shift_months(value: object, months: int) -> object:
    if isinstance(value, MonthsDuration):
        return months_duration(value.months + months)
    if isinstance(value, FeelDate):
        return within_years(value.plus_months(months))
    if isinstance(value, FeelDateTime):
        return within_years(value.plus_months(months))
    return None


def _shift_nanos(value: object, nanos: int) -> object:
    if isinstance(value, DaysDuration):
        return days_duration(value.nanos + nanos)
    if isinstance(value, FeelDate):
        # A date counts as midnight: what is left of a day below zero is the day before.
        return within_years(value.plus_days(nanos // NANOS_OF_DAY))
    if isinstance(value, FeelDateTime):
        return within_years(value.plus_nanos(nanos))
    if isinstance(value, FeelTime):
        return value.plus_nanos(nanos)
    return None


def _difference(left: object, right: object) -> object:
    if isinstance(left, FeelTime) and isinstance(right, FeelTime):
        if left.has_zone != right.has_zone:
            raise NoValue("a time with zone and one without have no difference", "zone")
        return days_duration(left.utc_nanos - right.utc_nanos)
    first, second = _as_moment(left), _as_moment(right)
    if first is None or second is None:
        return None
    if first.has_zone != second.has_zone:
        raise NoValue("a date and time with zone and one without have no difference", "zone")
    return days_duration(first.utc_nanos - second.utc_nanos)


def _as_moment(value: object) -> FeelDateTime | None:
    if isinstance(value, FeelDate):
        return FeelDateTime(value, MIDNIGHT_UTC)
    return value if isinstance(value, FeelDateTime) else None


def multiply_temporal(left: object, right: object) -> object:
    """A duration by a number, in either order."""
    if isinstance(right, MonthsDuration | DaysDuration):
        left, right = right, left
    if isinstance(right, Decimal):
        return _scale(left, CONTEXT.multiply, right)
    return None


def divide_temporal(left: object, right: object) -> object:
    """A duration by a number, or by its like to a number."""
    if isinstance(right, Decimal):
        return _scale(left, CONTEXT.divide, right)
    if isinstance(left, MonthsDuration) and isinstance(right, MonthsDuration):
        return CONTEXT.divide(of_int(left.months), of_int(right.months))
    if isinstance(left, DaysDuration) and isinstance(right, DaysDuration):
        return CONTEXT.divide(of_int(left.nanos), of_int(right.nanos))
    return None


def _scale(
    duration: object, operation: Callable[[Decimal, Decimal], Decimal], factor: Decimal
) -> object:
    if isinstance(duration, MonthsDuration):
        return months_duration(_whole(operation(of_int(duration.months), factor)))
    if isinstance(duration, DaysDuration):
        return days_duration(_whole(operation(of_int(duration.nanos), factor)))
    return None


def _whole(value: Decimal) -> int:
    if value.adjusted() > 40:
        raise NoValue("the duration is longer than FEEL can hold", "duration")
    return int(value.to_integral_value(ROUND_DOWN)) if value != ZERO else 0


def months_duration(months: int) -> MonthsDuration:
    """A years and months duration within the limits of years."""
    if abs(months) > _MONTHS_LIMIT:
        raise NoValue("the duration is longer than FEEL can hold", "duration")
    return MonthsDuration(months)


def days_duration(nanos: int) -> DaysDuration:
    """A days and time duration within the limits of years."""
    if abs(nanos) > 2 * _NANOS_LIMIT:
        raise NoValue("the duration is longer than FEEL can hold", "duration")
    return DaysDuration(nanos)


def within_years(value: _Moment) -> _Moment:
    """The value itself unless its year is outside the calendar of FEEL."""
    year = value.year if isinstance(value, FeelDate) else value.date.year
    if abs(year) > YEAR_LIMIT:
        raise NoValue("the year is outside -999999999 to 999999999", "date")
    return value
