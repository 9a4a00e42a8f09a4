"""Host values made FEEL values, and the check that everything else already is one."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from math import isfinite
from zoneinfo import ZoneInfo

from engine.feel.decimals import CONTEXT, of_int, parse_decimal
from engine.feel.errors import FeelError, NoValue
from engine.feel.values.dates import FeelDate
from engine.feel.values.durations import DaysDuration, MonthsDuration
from engine.feel.values.functions import FeelFunction
from engine.feel.values.ranges import Range
from engine.feel.values.times import FeelDateTime, FeelTime
from engine.feel.values.zones import offset_seconds

NATIVE = frozenset(
    {
        Decimal,
        str,
        bool,
        type(None),
        list,
        dict,
        FeelDate,
        FeelTime,
        FeelDateTime,
        MonthsDuration,
        DaysDuration,
        Range,
    }
)
_DEPTH_LIMIT = 100


def normalized(text: str) -> str:
    """The text in Unicode normal form C."""
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", text)


def from_json(value: object) -> object:
    """FEEL value of JSON-like data; floats keep their shortest decimal, texts become NFC.

    Python dates, times and time spans are taken too. Raises ``FeelError`` for
    NaN, infinity and anything else that FEEL has no value for.
    """
    return _adopted(value, _DEPTH_LIMIT)


def _adopted(value: object, depth: int) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return normalized(str(value))
    if isinstance(value, int | float | Decimal):
        return _number(value)
    if depth == 0:
        raise FeelError(f"The value is nested more than {_DEPTH_LIMIT} levels deep.")
    if isinstance(value, Mapping):
        return {_key(key): _adopted(item, depth - 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_adopted(item, depth - 1) for item in value]
    return _temporal(value)


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise FeelError(f"A context's keys are texts, not {type(key).__name__}.")
    return normalized(key)


def _number(value: int | float | Decimal) -> Decimal:
    try:
        if isinstance(value, int):
            return of_int(value)
        if isinstance(value, float):
            if not isfinite(value):
                raise FeelError("NaN and infinity are no FEEL numbers.")
            return parse_decimal(repr(value))
        if not value.is_finite():
            raise FeelError("NaN and infinity are no FEEL numbers.")
        return CONTEXT.plus(value)
    except (NoValue, ArithmeticError):
        raise FeelError("The number is larger than FEEL can hold.") from None


def _temporal(value: object) -> object:
    if type(value) in NATIVE or isinstance(value, FeelFunction):
        return value
    if isinstance(value, datetime):
        return from_datetime(value)
    if isinstance(value, date):
        return FeelDate(value.year, value.month, value.day)
    if isinstance(value, time):
        offset = value.utcoffset()
        seconds = int(offset.total_seconds()) if offset is not None else None
        return FeelTime(value.hour, value.minute, value.second, value.microsecond * 1000, seconds)
    if isinstance(value, timedelta):
        micros = (value.days * 86_400 + value.seconds) * 1_000_000 + value.microseconds
        return DaysDuration(micros * 1000)
    raise FeelError(f"A Python {type(value).__name__} is no FEEL value; convert it first.")


def from_datetime(value: datetime) -> FeelDateTime:
    """The same point in time; a named zone keeps its name."""
    zone = value.tzinfo
    name = zone.key if isinstance(zone, ZoneInfo) else None
    offset = None if zone is None or name is not None else offset_seconds(value)
    clock = FeelTime(value.hour, value.minute, value.second, value.microsecond * 1000, offset, name)
    return FeelDateTime(FeelDate(value.year, value.month, value.day), clock)


def to_datetime(value: FeelDateTime) -> datetime:
    """A Python datetime, aware when the value has a zone; ``FeelError`` beyond year 9999."""
    try:
        local = datetime(
            value.date.year,
            value.date.month,
            value.date.day,
            value.time.hour,
            value.time.minute,
            value.time.second,
            value.time.nano // 1000,
        )
    except ValueError:
        raise FeelError(f"The year {value.date.year} is too far away for a timer.") from None
    if value.time.zone is not None:
        return local.replace(tzinfo=ZoneInfo(value.time.zone))
    if value.time.offset is not None:
        return local.replace(tzinfo=timezone(timedelta(seconds=value.time.offset)))
    return local


def adopt(value: object, name: str) -> object:
    """A variable's value as FEEL value; names the variable when it cannot be one."""
    try:
        return from_json(value)
    except FeelError as error:
        raise FeelError(f"Variable {name!r}: {error}") from None
