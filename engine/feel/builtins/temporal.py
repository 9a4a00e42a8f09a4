"""Functions on dates and the clock of the host."""

from __future__ import annotations

from decimal import Decimal

from engine.feel.adopt import from_datetime
from engine.feel.builtins.registry import builtin
from engine.feel.evaluation import Evaluation
from engine.feel.values.dates import FeelDate, days_in_month
from engine.feel.values.times import FeelDateTime

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
Day = FeelDate | FeelDateTime


def _date(value: Day) -> FeelDate:
    return value if isinstance(value, FeelDate) else value.date


@builtin("now()", wants_evaluation=True)
def now(run: Evaluation) -> FeelDateTime:
    """The host's present, on the clock of its zone."""
    return from_datetime(run.env.now().astimezone(run.env.zone))


@builtin("today()", wants_evaluation=True)
def today(run: Evaluation) -> FeelDate:
    """The host's date, in its zone."""
    return from_datetime(run.env.now().astimezone(run.env.zone)).date


@builtin("day of year(date: day)")
def day_of_year(date: Day) -> Decimal:
    """1 to 366."""
    return Decimal(_date(date).day_of_year)


@builtin("day of week(date: day)")
def day_of_week(date: Day) -> str:
    """English name of the day."""
    return _DAYS[_date(date).weekday - 1]


@builtin("month of year(date: day)")
def month_of_year(date: Day) -> str:
    """English name of the month."""
    return _MONTHS[_date(date).month - 1]


@builtin("week of year(date: day)")
def week_of_year(date: Day) -> Decimal:
    """Week by ISO 8601."""
    return Decimal(_date(date).week_of_year)


@builtin("last day of month(date: day)")
def last_day_of_month(date: Day) -> FeelDate:
    """The last date of that month (extension)."""
    day = _date(date)
    return FeelDate(day.year, day.month, days_in_month(day.year, day.month))
