"""ISO 8601 durations with calendar arithmetic.

One month after 31 January is the last day of February. Weeks, fractions of
the smallest unit and a sign are understood; a year or month may not have a
fraction, because it has no fixed length.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

_ISO = re.compile(
    r"(?P<sign>[+-]?)P(?=.)(?:(?P<Y>\d+)Y)?(?:(?P<M>\d+)M)?(?:(?P<W>\d+)W)?(?:(?P<D>\d+(?:[.,]\d+)?)D)?"
    r"(?:T(?=.)(?:(?P<h>\d+(?:[.,]\d+)?)H)?(?:(?P<m>\d+(?:[.,]\d+)?)M)?(?:(?P<s>\d+(?:[.,]\d+)?)S)?)?"
)


@dataclass(frozen=True, slots=True)
class Duration:
    """Whole months and days of the calendar, and seconds of the clock."""

    months: int
    days: int
    seconds: Decimal

    def after(self, start: datetime, zone: ZoneInfo, times: int = 1) -> datetime:
        """``start`` plus so many times the duration, days counted on the zone's calendar."""
        local = start.astimezone(zone)
        if self.months:
            local = _add_months(local, self.months * times)
        # Wall-clock arithmetic: a day later is the same hour of the next day.
        local = (local.replace(tzinfo=None) + timedelta(days=self.days * times)).replace(
            tzinfo=zone
        )
        return local.astimezone(UTC) + timedelta(microseconds=int(self.seconds * 1_000_000 * times))

    @property
    def is_positive(self) -> bool:
        """Does it lead forward in time?"""
        return (self.months, self.days, self.seconds) > (0, 0, 0) and not (
            self.months < 0 or self.days < 0 or self.seconds < 0
        )


def parse_duration(text: str) -> Duration:
    """``P1M``, ``PT1H30M``, ``P2W``, ``-P1D``; ``ValueError`` says what is wrong."""
    match = _ISO.fullmatch(text.strip().upper().replace(",", "."))
    if match is None:
        raise ValueError(f"'{text}' is no ISO 8601 duration such as PT10M, P3D or P1M")
    sign = -1 if match["sign"] == "-" else 1
    days = Decimal(match["D"] or 0) + 7 * int(match["W"] or 0)
    seconds = (
        (days % 1) * 86_400
        + Decimal(match["h"] or 0) * 3_600
        + Decimal(match["m"] or 0) * 60
        + Decimal(match["s"] or 0)
    )
    months = 12 * int(match["Y"] or 0) + int(match["M"] or 0)
    if months > 120_000 or days > 3_660_000 or seconds > 10**12:
        raise ValueError(f"'{text}' is longer than any procedure lasts")
    return Duration(sign * months, sign * int(days), sign * seconds)


def _add_months(local: datetime, months: int) -> datetime:
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    day = min(local.day, calendar.monthrange(year, month + 1)[1])
    return local.replace(year=year, month=month + 1, day=day)
