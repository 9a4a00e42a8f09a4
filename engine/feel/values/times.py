"""FEEL times of day and points in time, with no zone, an offset, or a named zone.

Two times are compared by what the clock shows, to the millisecond, after both
have been brought to UTC; a time without zone is not comparable with one that has one.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.feel.values.dates import FeelDate
from engine.feel.values.zones import offset_at

NANOS = 1_000_000_000
NANOS_OF_DAY = 86_400 * NANOS
_NANOS_OF_MILLI = 1_000_000


def _zone_suffix(offset: int | None, zone: str | None) -> str:
    if zone is not None:
        return f"@{zone}"
    if offset is None:
        return ""
    if offset == 0:
        return "Z"
    hours, rest = divmod(abs(offset), 3600)
    minutes, seconds = divmod(rest, 60)
    tail = f":{seconds:02d}" if seconds else ""
    return f"{'-' if offset < 0 else '+'}{hours:02d}:{minutes:02d}{tail}"


@dataclass(frozen=True, slots=True)
class FeelTime:
    """A time of day; ``offset`` in seconds or ``zone`` by name, never both."""

    hour: int
    minute: int
    second: int
    nano: int = 0
    offset: int | None = None
    zone: str | None = None

    def __str__(self) -> str:
        fraction = f".{self.nano:09d}".rstrip("0") if self.nano else ""
        clock = f"{self.hour:02d}:{self.minute:02d}:{self.second:02d}{fraction}"
        return clock + _zone_suffix(self.offset, self.zone)

    @property
    def has_zone(self) -> bool:
        """True with an offset or a named zone."""
        return self.offset is not None or self.zone is not None

    @property
    def second_of_day(self) -> int:
        """Seconds since midnight, local."""
        return self.hour * 3600 + self.minute * 60 + self.second

    @property
    def nano_of_day(self) -> int:
        """Nanoseconds since midnight, local."""
        return self.second_of_day * NANOS + self.nano

    @property
    def utc_offset(self) -> int:
        """Offset in seconds; a named zone counts with its standard time of 1970."""
        if self.zone is not None:
            return offset_at(self.zone, 1970, 1, 1, self.second_of_day)
        return self.offset or 0

    @property
    def utc_nanos(self) -> int:
        """Nanoseconds since midnight UTC; may lie outside one day."""
        return self.nano_of_day - self.utc_offset * NANOS

    @property
    def order_key(self) -> int:
        """Milliseconds that two comparable times are ordered by."""
        return self.utc_nanos // _NANOS_OF_MILLI

    def plus_nanos(self, nanos: int) -> FeelTime:
        """So much later on the clock, around midnight if need be."""
        return time_of_nanos((self.nano_of_day + nanos) % NANOS_OF_DAY, self.offset, self.zone)


def time_of_nanos(nanos: int, offset: int | None = None, zone: str | None = None) -> FeelTime:
    """The time so many nanoseconds after midnight."""
    seconds, nano = divmod(nanos, NANOS)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return FeelTime(hour, minute, second, nano, offset, zone)


@dataclass(frozen=True, slots=True)
class FeelDateTime:
    """A date with a time of day."""

    date: FeelDate
    time: FeelTime

    def __str__(self) -> str:
        return f"{self.date}T{self.time}"

    @property
    def has_zone(self) -> bool:
        """True with an offset or a named zone."""
        return self.time.has_zone

    @property
    def utc_offset(self) -> int:
        """Offset in seconds that holds at this date."""
        time = self.time
        if time.zone is not None:
            date = self.date
            return offset_at(time.zone, date.year, date.month, date.day, time.second_of_day)
        return time.offset or 0

    @property
    def local_nanos(self) -> int:
        """Nanoseconds since 1970-01-01T00:00:00 on the local clock."""
        return self.date.day_number * NANOS_OF_DAY + self.time.nano_of_day

    @property
    def utc_nanos(self) -> int:
        """Nanoseconds since 1970-01-01T00:00:00Z; local time counts as UTC."""
        return self.local_nanos - self.utc_offset * NANOS

    @property
    def order_key(self) -> int:
        """Milliseconds that two comparable points are ordered by."""
        return self.utc_nanos // _NANOS_OF_MILLI

    def plus_nanos(self, nanos: int) -> FeelDateTime:
        """So much later on the local clock."""
        days, rest = divmod(self.local_nanos + nanos, NANOS_OF_DAY)
        time = time_of_nanos(rest, self.time.offset, self.time.zone)
        return FeelDateTime(FeelDate(1970, 1, 1).plus_days(days), time)

    def plus_months(self, months: int) -> FeelDateTime:
        """So many months later, same clock."""
        return FeelDateTime(self.date.plus_months(months), self.time)


MIDNIGHT = FeelTime(0, 0, 0)
MIDNIGHT_UTC = FeelTime(0, 0, 0, 0, 0)
