"""Which days work, and between which hours.

A day is decided by, in this order: a rule for the unit, a national rule
(holiday, day off or working day by government notice), the weekday. Every
answer names its rule, so an explanation can cite it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Final, Literal
from zoneinfo import ZoneInfo

from engine.errors import InvalidInput

HANOI: Final = ZoneInfo("Asia/Ho_Chi_Minh")
Kind = Literal["holiday", "off", "worked"]
_LONGEST: Final = 3660


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRule:
    """One row of data about one date. ``unit`` is a tree path; empty = the whole country."""

    date: date
    kind: Kind
    name: Mapping[str, str]
    rule: str
    source: str
    verified: bool = False
    unit: str = ""
    source_text: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Session:
    """Working hours, half-open: from ``start`` to ``end`` of local time."""

    start: time
    end: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The week's hours from a date on, by a rule of the law."""

    effective_from: date
    hours: Mapping[int, tuple[Session, ...]]
    rule: str
    effective_to: date | None = None
    """The first day it no longer applies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What a date is, and by which rule (None = by its weekday)."""

    date: date
    works: bool
    rule: DayRule | None


OFFICE_HOURS: Final = (Session(time(7, 30), time(11, 30)), Session(time(13), time(17)))


@dataclass(frozen=True, kw_only=True)
class WorkCalendar:
    """Days and hours of one unit for one purpose (reception, processing or legal).

    ``hours`` maps weekday (0 = Monday) to sessions; a weekday without any does
    not work. A date worked by notice uses the hours of ``worked_hours``.
    """

    rules: tuple[DayRule, ...] = ()
    hours: Mapping[int, tuple[Session, ...]] = field(
        default_factory=lambda: dict.fromkeys(range(5), OFFICE_HOURS)
    )
    worked_hours: tuple[Session, ...] = OFFICE_HOURS
    schedules: tuple[Schedule, ...] = ()
    unit: str = ""
    zone: ZoneInfo = HANOI
    version: str = ""

    @cached_property
    def _by_date(self) -> Mapping[date, DayRule]:
        found: dict[date, DayRule] = {}
        # The nearer unit wins; of two national rows the later one, as notices follow holidays.
        for rule in sorted(self.rules, key=lambda each: len(each.unit)):
            if self.unit.startswith(rule.unit):
                found[rule.date] = rule
        return found

    def day(self, when: date) -> Day:
        """Whether ``when`` is a working day, and why."""
        rule = self._by_date.get(when)
        if rule is not None:
            return Day(date=when, works=rule.kind == "worked", rule=rule)
        return Day(date=when, works=bool(self._week(when).get(when.weekday())), rule=None)

    def sessions(self, when: date) -> tuple[tuple[datetime, datetime], ...]:
        """Working intervals of a date, aware; empty when it does not work."""
        day = self.day(when)
        if not day.works:
            return ()
        week = self._week(when)
        hours = week.get(when.weekday(), ())
        if not hours or day.rule is not None:
            hours = self._full(week)
        return tuple(
            (self._at(when, session.start), self._at(when, session.end)) for session in hours
        )

    def closing(self, when: date) -> datetime:
        """End of the working day; of a day off, the end the usual hours would have."""
        sessions = self.sessions(when)
        if sessions:
            return sessions[-1][1]
        return self._at(when, self._full(self._week(when))[-1].end)

    def local(self, instant: datetime) -> datetime:
        """The instant in the calendar's zone; naive ones are refused."""
        if instant.tzinfo is None:
            raise InvalidInput("The time needs an offset, such as +07:00.", code="time-naive")
        try:
            return instant.astimezone(self.zone)
        except OverflowError:
            raise InvalidInput("There is no such time.", code="time-range") from None

    def days_from(self, first: date) -> Iterator[Day]:
        """Every date from ``first`` on; bounded, so wrong data cannot loop for ever."""
        for offset in range(_LONGEST):
            yield self.day(first + timedelta(days=offset))
        raise InvalidInput(
            f"No due date within {_LONGEST} days: the calendar has no working days.",
            code="calendar-empty",
        )

    def next_working(self, after: date) -> date:
        """The first working day after ``after``."""
        return next(day.date for day in self.days_from(after + timedelta(days=1)) if day.works)

    def without(self, dates: Iterable[date]) -> WorkCalendar:
        """The same calendar without the rules of these dates, for what-if questions."""
        gone = set(dates)
        kept = tuple(rule for rule in self.rules if rule.date not in gone)
        return replace(self, rules=kept, version=f"{self.version}+what-if")

    def _week(self, when: date) -> Mapping[int, tuple[Session, ...]]:
        for schedule in reversed(self.schedules):
            ended = schedule.effective_to is not None and when >= schedule.effective_to
            if schedule.effective_from <= when and not ended:
                return schedule.hours
        return self.hours

    def _full(self, week: Mapping[int, tuple[Session, ...]]) -> tuple[Session, ...]:
        """Hours of a whole day: a swapped Saturday is worked like the day it stands for."""
        return week.get(0) or self.worked_hours

    def _at(self, when: date, clock: time) -> datetime:
        return datetime.combine(when, clock, tzinfo=self.zone)


def working_days_between(calendar: WorkCalendar, first: date, last: date) -> int:
    """Working days after ``first`` up to and including ``last``; negative when reversed."""
    if last < first:
        return -working_days_between(calendar, last, first)
    span = (last - first).days
    return sum(calendar.day(first + timedelta(days=n)).works for n in range(1, span + 1))
