"""Time zones by IANA name, also for years that ``datetime`` cannot hold.

Rules of civil time repeat every 400 years as far as the calendar goes, so a year
outside 1..9999 is mapped into that cycle before the zone database is asked.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+\-]*(?:/[A-Za-z0-9_+\-]+)*\Z")


@lru_cache(maxsize=1024)
def zone_named(name: str) -> ZoneInfo | None:
    """The zone, or None when the database has none of that name."""
    if not _NAME.match(name) or len(name) > 64:
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def offset_at(name: str, year: int, month: int, day: int, second_of_day: int) -> int:
    """Offset from UTC in seconds that holds in the zone at this local time."""
    zone = zone_named(name)
    if zone is None:
        return 0
    return offset_seconds(_clock(year, month, day, second_of_day).replace(tzinfo=zone))


def offset_at_utc(name: str, year: int, month: int, day: int, second_of_day: int) -> int:
    """Offset from UTC in seconds that holds in the zone at this time of UTC."""
    zone = zone_named(name)
    if zone is None:
        return 0
    utc = _clock(year, month, day, second_of_day).replace(tzinfo=UTC)
    return offset_seconds(utc.astimezone(zone))


def _clock(year: int, month: int, day: int, second_of_day: int) -> datetime:
    known = year if 1 < year < 9999 else 2000 + year % 400
    return datetime(known, month, day) + timedelta(seconds=min(second_of_day, 86399))


def offset_seconds(moment: datetime) -> int:
    """UTC offset of an aware datetime in whole seconds."""
    offset = moment.utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0
