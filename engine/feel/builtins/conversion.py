"""Making values of one type out of another: ``date``, ``number``, ``string``, ``range`` ..."""

from __future__ import annotations

import re
from decimal import Decimal

from engine.feel.builtins.registry import builtin
from engine.feel.decimals import is_integer, parse_decimal, to_int
from engine.feel.errors import NoValue
from engine.feel.evaluation import Evaluation
from engine.feel.printing import string_of
from engine.feel.values.dates import FeelDate, is_valid_date
from engine.feel.values.durations import DaysDuration, MonthsDuration
from engine.feel.values.parse import parse_date, parse_date_time, parse_duration, parse_time
from engine.feel.values.times import MIDNIGHT_UTC, NANOS, FeelDateTime, FeelTime
from engine.feel.values.zones import offset_at_utc, zone_named

_SEPARATORS = {" ", ",", "."}


@builtin("date(from: string)")
def date_from_text(text: str) -> FeelDate:
    """A date out of ``2026-01-31``."""
    date = parse_date(text)
    if date is None:
        raise NoValue("date: the text is no date of the form 2026-01-31", "date")
    return date


@builtin("date(from: day)")
def date_from_day(value: FeelDate | FeelDateTime) -> FeelDate:
    """The date of a date and time."""
    return value if isinstance(value, FeelDate) else value.date


@builtin("date(year: number, month: number, day: number)")
def date_from_parts(year: Decimal, month: Decimal, day: Decimal) -> FeelDate:
    """A date out of year, month and day."""
    numbers = (to_int(year), to_int(month), to_int(day))
    if not is_valid_date(*numbers):
        raise NoValue("date: the calendar has no such day", "date")
    return FeelDate(*numbers)


@builtin("time(from: string)")
def time_from_text(text: str) -> FeelTime:
    """A time out of ``08:30:00``, with or without zone."""
    time = parse_time(text)
    if time is None:
        raise NoValue("time: the text is no time of the form 08:30:00", "time")
    return time


@builtin("time(from: clock)")
def time_from_clock(value: FeelDate | FeelTime | FeelDateTime) -> FeelTime:
    """The time of a date and time; a date counts as midnight UTC."""
    if isinstance(value, FeelDateTime):
        return value.time
    return value if isinstance(value, FeelTime) else MIDNIGHT_UTC


@builtin(
    "time(hour: number, minute: number, second: number, offset: days and time duration?)",
)
def time_from_parts(
    hour: Decimal, minute: Decimal, second: Decimal, offset: DaysDuration | None
) -> FeelTime:
    """A time out of its parts; the seconds may have a fraction."""
    whole = to_int(second)
    nano = int((second - whole) * NANOS) if second > whole else 0
    parts = (to_int(hour), to_int(minute), whole)
    if not (is_integer(hour) and is_integer(minute)) or not _is_clock(*parts):
        raise NoValue("time: no clock shows these hours, minutes and seconds", "time")
    if offset is None:
        return FeelTime(*parts, nano)
    seconds = int(offset.nanos / NANOS)
    if abs(seconds) > 18 * 3600:
        raise NoValue("time: an offset is at most 18 hours", "time")
    return FeelTime(*parts, nano, seconds)


def _is_clock(hour: int, minute: int, second: int) -> bool:
    return 0 <= hour <= 23 and 0 <= minute <= 59 and 0 <= second <= 59


@builtin("date and time(from: string)")
def date_time_from_text(text: str) -> FeelDateTime:
    """A point in time out of ``2026-01-31T08:30:00``."""
    value = parse_date_time(text)
    if value is None:
        raise NoValue("date and time: the text has not the form 2026-01-31T08:30:00", "date")
    return value


@builtin("date and time(date: day, time: time)")
def date_time_from_parts(day: FeelDate | FeelDateTime, time: FeelTime) -> FeelDateTime:
    """A point in time out of a day and a time."""
    return FeelDateTime(day if isinstance(day, FeelDate) else day.date, time)


@builtin("date and time(date: date and time, timezone: string)")
def date_time_in_zone(value: FeelDateTime, zone: str) -> FeelDateTime:
    """The same instant on the clock of another zone (extension)."""
    if zone_named(zone) is None:
        raise NoValue("date and time: there is no zone of that name", "zone")
    time = value.time
    clock = FeelTime(time.hour, time.minute, time.second, time.nano, None, zone)
    utc = FeelDateTime(value.date, clock).plus_nanos(-value.utc_offset * NANOS)
    date = utc.date
    offset = offset_at_utc(zone, date.year, date.month, date.day, utc.time.second_of_day)
    return utc.plus_nanos(offset * NANOS)


@builtin("date and time(from: day)")
def date_time_from_day(value: FeelDate | FeelDateTime) -> FeelDateTime:
    """A date as midnight UTC (implicit conversion)."""
    return value if isinstance(value, FeelDateTime) else FeelDateTime(value, MIDNIGHT_UTC)


@builtin("duration(from: string)")
def duration_from_text(text: str) -> MonthsDuration | DaysDuration:
    """A duration out of ``P1Y2M`` or ``P1DT2H``."""
    value = parse_duration(text)
    if value is None:
        raise NoValue("duration: the text has not the form P1Y2M or P1DT2H3M4S", "duration")
    return value


@builtin("duration(from: duration)")
def duration_from_duration(value: MonthsDuration | DaysDuration) -> object:
    """A duration stays as it is."""
    return value


@builtin("years and months duration(from: day, to: day)")
def months_between(start: FeelDate | FeelDateTime, end: FeelDate | FeelDateTime) -> MonthsDuration:
    """Whole months from one day to the other; the time of day does not count."""
    first = start if isinstance(start, FeelDate) else start.date
    last = end if isinstance(end, FeelDate) else end.date
    months = (last.year - first.year) * 12 + last.month - first.month
    if months > 0 and last.day < first.day:
        months -= 1
    elif months < 0 and last.day > first.day:
        months += 1
    return MonthsDuration(months)


@builtin("number(from: string)")
def number_from_text(text: str) -> Decimal:
    """A number out of its digits (extension: without separators)."""
    return _number(text)


@builtin("number(from: number)")
def number_from_number(value: Decimal) -> Decimal:
    """A number stays as it is (extension)."""
    return value


@builtin("number(from: string, grouping separator: string?, decimal separator: string?)")
def number_with_separators(text: str, grouping: str | None, point: str | None) -> Decimal:
    """A number out of a text like ``1.000.000,01``."""
    if grouping is not None and grouping not in _SEPARATORS:
        raise NoValue("number: digits are grouped by a space, comma or point", "number")
    if point is not None and (point not in (",", ".") or point == grouping):
        raise NoValue("number: the decimal sign is a comma or point unlike the grouping", "number")
    if grouping is not None:
        text = text.replace(grouping, "")
    if point is not None:
        text = text.replace(point, ".") if point == "," and "." not in text else text
    return _number(text)


_NUMERAL = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?", re.ASCII)


def _number(text: str) -> Decimal:
    if not _NUMERAL.fullmatch(text):
        raise NoValue("number: the text is no number", "number")
    return parse_decimal(text)


@builtin("string(from: any)", wants_evaluation=True)
def string_from(run: Evaluation, value: object) -> str | None:
    """A value as text; null stays null."""
    return None if value is None else string_of(value, run.spend)
