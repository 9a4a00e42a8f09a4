"""FEEL dates: proleptic Gregorian, years -999,999,999 to 999,999,999.

``datetime.date`` ends at 9999 and has no negative years, both of which the
standard's own tests use, so day numbers are computed here.
"""

from __future__ import annotations

from dataclasses import dataclass

YEAR_LIMIT = 999_999_999
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ERA_DAYS = 146_097


def is_leap(year: int) -> bool:
    """Leap year by the Gregorian rule."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """Days of a month, 28 to 31."""
    return 29 if month == 2 and is_leap(year) else _MONTH_DAYS[month - 1]


def is_valid_date(year: int, month: int, day: int) -> bool:
    """True for a day that the calendar has."""
    return (
        abs(year) <= YEAR_LIMIT
        and 1 <= month <= 12
        and day >= 1
        and day <= days_in_month(year, month)
    )


@dataclass(frozen=True, slots=True, order=True)
class FeelDate:
    """A day of the calendar, without time and zone."""

    year: int
    month: int
    day: int

    def __str__(self) -> str:
        sign = "-" if self.year < 0 else ""
        return f"{sign}{abs(self.year):04d}-{self.month:02d}-{self.day:02d}"

    @property
    def day_number(self) -> int:
        """Days since 1970-01-01."""
        # The year starts in March here, so that the leap day comes last.
        year = self.year - (self.month <= 2)
        era, year_of_era = divmod(year, 400)
        day_of_year = (153 * ((self.month + 9) % 12) + 2) // 5 + self.day - 1
        day_of_era = year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year
        return era * _ERA_DAYS + day_of_era - 719_468

    @property
    def weekday(self) -> int:
        """Monday 1 to Sunday 7."""
        return (self.day_number + 3) % 7 + 1

    @property
    def day_of_year(self) -> int:
        """1 to 366."""
        return self.day_number - FeelDate(self.year, 1, 1).day_number + 1

    @property
    def week_of_year(self) -> int:
        """Week by ISO 8601: weeks start on Monday, the first one holds 4 January."""
        thursday = date_of_day_number(self.day_number - self.weekday + 4)
        return (thursday.day_of_year - 1) // 7 + 1

    def plus_months(self, months: int) -> FeelDate:
        """The same day so many months on, or the last day of a shorter month."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return FeelDate(year, month + 1, min(self.day, days_in_month(year, month + 1)))

    def plus_days(self, days: int) -> FeelDate:
        """So many days on."""
        return date_of_day_number(self.day_number + days)


def date_of_day_number(number: int) -> FeelDate:
    """The day so many days after 1970-01-01."""
    era, day_of_era = divmod(number + 719_468, _ERA_DAYS)
    year_of_era = (
        day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096
    ) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * day_of_year + 2) // 153
    month = (shifted + 2) % 12 + 1
    year = year_of_era + era * 400 + (month <= 2)
    return FeelDate(year, month, day_of_year - (153 * shifted + 2) // 5 + 1)
