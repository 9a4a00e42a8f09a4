"""Temporal values from their ISO 8601 / XPath texts, exactly as FEEL accepts them.

Every function answers None for a text that is not of its kind: two digits
everywhere, four or more for years without a leading zero, no plus sign.
"""

from __future__ import annotations

import re

from engine.feel.values.dates import FeelDate, is_valid_date
from engine.feel.values.durations import DaysDuration, MonthsDuration
from engine.feel.values.times import MIDNIGHT, NANOS, FeelDateTime, FeelTime
from engine.feel.values.zones import zone_named

_DATE = r"(?P<year>-?(?:[1-9]\d{4,8}|\d{4}))-(?P<month>\d\d)-(?P<day>\d\d)"
_TIME = (
    r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)(?:\.(?P<fraction>\d{1,32}))?"
    r"(?P<suffix>Z|z|[+-]\d\d:\d\d(?::\d\d)?|@[\w+\-/]{1,64})?"
)
_DATE_ONLY = re.compile(_DATE, re.ASCII)
_TIME_ONLY = re.compile(f"T?{_TIME}", re.ASCII)
_DATE_TIME = re.compile(f"{_DATE}T{_TIME}", re.ASCII)
_MONTHS = re.compile(r"(?P<sign>-)?P(?:(?P<years>\d{1,12})Y)?(?:(?P<months>\d{1,12})M)?", re.ASCII)
_DAYS = re.compile(
    r"(?P<sign>-)?P(?:(?P<days>\d{1,15})D)?"
    r"(?:T(?:(?P<hours>\d{1,15})H)?(?:(?P<minutes>\d{1,15})M)?"
    r"(?:(?P<seconds>\d{1,18})(?:\.(?P<fraction>\d{0,32}))?S)?)?",
    re.ASCII,
)
_OFFSET_LIMIT = 18 * 3600


def parse_date(text: str) -> FeelDate | None:
    """``2026-01-31``."""
    match = _DATE_ONLY.fullmatch(text)
    return _date(match) if match else None


def parse_time(text: str) -> FeelTime | None:
    """``10:30:00``, ``10:30:00.5+07:00``, ``10:30:00@Asia/Ho_Chi_Minh``."""
    match = _TIME_ONLY.fullmatch(text)
    if match is None:
        return None
    time = _time(match)
    return None if time is None or time.hour == 24 else time


def parse_date_time(text: str) -> FeelDateTime | None:
    """``2026-01-31T10:30:00`` with or without zone; a date alone is its midnight."""
    match = _DATE_TIME.fullmatch(text)
    if match is None:
        date = parse_date(text)
        return FeelDateTime(date, MIDNIGHT) if date else None
    date, time = _date(match), _time(match)
    if date is None or time is None:
        return None
    if time.hour == 24:
        return FeelDateTime(date.plus_days(1), FeelTime(0, 0, 0, 0, time.offset, time.zone))
    return FeelDateTime(date, time)


def parse_duration(text: str) -> MonthsDuration | DaysDuration | None:
    """``P1Y2M`` or ``P1DT2H3M4.5S``; the two kinds do not mix."""
    match = _MONTHS.fullmatch(text)
    if match and (match["years"] or match["months"]):
        months = int(match["years"] or 0) * 12 + int(match["months"] or 0)
        return MonthsDuration(-months if match["sign"] else months)
    match = _DAYS.fullmatch(text)
    if match is None or text[-1] in "PT":
        return None
    minutes = (int(match["days"] or 0) * 24 + int(match["hours"] or 0)) * 60
    seconds = (minutes + int(match["minutes"] or 0)) * 60 + int(match["seconds"] or 0)
    nanos = seconds * NANOS + _nanos(match["fraction"])
    return DaysDuration(-nanos if match["sign"] else nanos)


def parse_temporal(text: str) -> object:
    """What ``@"..."`` stands for, or None."""
    if text.startswith(("P", "-P")):
        return parse_duration(text)
    return parse_date(text) or parse_time(text) or parse_date_time(text)


def _date(match: re.Match[str]) -> FeelDate | None:
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    return FeelDate(year, month, day) if is_valid_date(year, month, day) else None


def _time(match: re.Match[str]) -> FeelTime | None:
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"])
    nano = _nanos(match["fraction"])
    end_of_day = hour == 24 and minute == second == nano == 0
    if (hour > 23 and not end_of_day) or minute > 59 or second > 59:
        return None
    suffix = match["suffix"]
    if suffix is None:
        return FeelTime(hour, minute, second, nano)
    if suffix[0] == "@":
        zone = suffix[1:]
        return FeelTime(hour, minute, second, nano, None, zone) if zone_named(zone) else None
    offset = _offset(suffix)
    return None if offset is None else FeelTime(hour, minute, second, nano, offset)


def _offset(text: str) -> int | None:
    if text in "Zz":
        return 0
    parts = [int(part) for part in text[1:].split(":")]
    if parts[1] > 59 or (parts[-1] > 59 and len(parts) == 3):
        return None
    seconds = parts[0] * 3600 + parts[1] * 60 + (parts[2] if len(parts) == 3 else 0)
    if seconds > _OFFSET_LIMIT:
        return None
    return -seconds if text[0] == "-" else seconds


def _nanos(fraction: str | None) -> int:
    return int((fraction or "0")[:9].ljust(9, "0"))
