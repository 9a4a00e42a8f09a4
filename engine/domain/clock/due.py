"""When something is due, with the derivation day by day.

Days are counted after the day of the start (Civil Code: the first day does not
count) and end at closing time. What comes in after the cut-off hour starts on
the next working day. A working day on which a pause stands does not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from engine.domain.clock import explanation
from engine.domain.clock.calendar import WorkCalendar
from engine.domain.clock.explanation import Line
from engine.domain.clock.pauses import Interval, Pause, covering, subtract, union
from engine.domain.clock.term import Term
from engine.errors import InvalidInput

FIRST_YEAR: Final = 1975
LAST_YEAR: Final = 2200


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The instant (local offset) and one line per day from the start to it."""

    at: datetime
    lines: tuple[Line, ...]


def compute_due(
    start: datetime,
    term: Term,
    calendar: WorkCalendar,
    *,
    cut_off: time | None = None,
    supplement: Term | None = None,
    pauses: Sequence[Pause] = (),
    now: datetime | None = None,
) -> Due:
    """The due instant of ``term`` from ``start``.

    ``supplement`` is the extra term of a difficult area, added on top.
    ``pauses`` still open last until ``now`` (default: they have no effect yet
    beyond their own start).
    """
    begun = calendar.local(start)
    if not FIRST_YEAR <= begun.year <= LAST_YEAR:
        sentence = f"The clock knows the years {FIRST_YEAR} to {LAST_YEAR}."
        raise InvalidInput(sentence, code="time-range")
    stands = union(pauses, calendar.local(now) if now is not None else begun)
    lines: list[Line] = []
    begun = _first_instant(begun, calendar, cut_off, lines, term)
    if supplement is not None and supplement.unit == term.unit:
        # 15 days and 10 more are 25 days, whatever day the fifteenth falls on.
        term, supplement = Term(term.amount + supplement.amount, term.unit), None
    at = _add(begun, term, calendar, stands, lines)
    if supplement is not None:
        at = _add(at, supplement, calendar, stands, lines)
    return Due(at=at, lines=tuple(lines))


def _first_instant(
    begun: datetime, calendar: WorkCalendar, cut_off: time | None, lines: list[Line], term: Term
) -> datetime:
    works = calendar.day(begun.date()).works
    late = cut_off is not None and begun.time() >= cut_off
    if works and not late:
        lines.append(_received(begun, "tiếp nhận", "received"))
        return begun
    if not works:
        lines.append(explanation.off(calendar.day(begun.date())))
    else:
        shown = f"{cut_off:%H:%M}"
        lines.append(
            _received(begun, f"tiếp nhận sau {shown}", f"received after {shown}", "cut-off")
        )
    # Counting in days starts after the day of receipt anyway: only hours, the
    # same day and a late receipt move to the morning of the next working day.
    if not late and not term.in_hours and term.amount > 0:
        return begun
    moved = calendar.next_working(begun.date())
    lines.extend(_days_off(calendar, begun.date(), moved))
    morning = calendar.sessions(moved)[0][0]
    lines.append(_received(morning, "bắt đầu tính", "counting starts", "next-working-day"))
    return morning


def _add(
    begun: datetime,
    term: Term,
    calendar: WorkCalendar,
    stands: tuple[Interval, ...],
    lines: list[Line],
) -> datetime:
    if term.in_hours:
        return _add_hours(begun, term.hours, calendar, stands, lines)
    if term.unit == "D":
        return _add_days(begun, int(term.amount), calendar, stands, lines)
    return _add_working_days(begun, int(term.amount), calendar, stands, lines)


def _add_working_days(
    begun: datetime,
    amount: int,
    calendar: WorkCalendar,
    stands: tuple[Interval, ...],
    lines: list[Line],
) -> datetime:
    last, counted = begun.date(), 0
    if amount == 0:
        return _same_day(begun, calendar, stands, lines)
    for day in calendar.days_from(last + timedelta(days=1)):
        if not day.works:
            lines.append(explanation.off(day))
            continue
        if rule := covering(stands, calendar.sessions(day.date)):
            lines.append(explanation.paused(day.date, rule))
            continue
        counted += 1
        lines.append(
            explanation.counted_day(day, Decimal(counted), ("ngày làm việc", "working day"))
        )
        last = day.date
        if counted == amount:
            break
    return calendar.closing(last)


def _same_day(
    begun: datetime, calendar: WorkCalendar, stands: tuple[Interval, ...], lines: list[Line]
) -> datetime:
    """Closing time of the day it began, or of the first working day no pause stands on."""
    for day in calendar.days_from(begun.date()):
        if not day.works:
            lines.append(explanation.off(day))
            continue
        left = [(max(start, begun), end) for start, end in calendar.sessions(day.date)]
        rule = covering(stands, left)
        if rule is None:
            break
        lines.append(explanation.paused(day.date, rule))
    return calendar.closing(day.date)


def _add_days(
    begun: datetime,
    amount: int,
    calendar: WorkCalendar,
    stands: tuple[Interval, ...],
    lines: list[Line],
) -> datetime:
    counted = 0
    for day in calendar.days_from(begun.date() + timedelta(days=1)):
        midnight = datetime.combine(day.date, time(), tzinfo=calendar.zone)
        if rule := covering(stands, [(midnight, midnight + timedelta(days=1))]):
            lines.append(explanation.paused(day.date, rule))
            continue
        if counted < amount:
            counted += 1
            lines.append(explanation.counted_day(day, Decimal(counted), ("ngày", "day")))
        if counted < amount:
            continue
        if day.works:
            break
        # The last day falls on a day off: the term ends with the next working day.
        lines.append(explanation.off(day))
    return calendar.closing(day.date)


def _add_hours(
    begun: datetime,
    hours: Decimal,
    calendar: WorkCalendar,
    stands: tuple[Interval, ...],
    lines: list[Line],
) -> datetime:
    left = timedelta(seconds=float(hours * 3600))
    at = begun
    for day in calendar.days_from(begun.date()):
        if not day.works:
            lines.append(explanation.off(day))
            continue
        spent = timedelta()
        for session in calendar.sessions(day.date):
            for start, end in subtract(session, stands):
                start = max(start, begun)
                if start >= end or not left:
                    continue
                take = min(end - start, left)
                left, spent, at = left - take, spent + take, start + take
        lines.append(_spent(day.date, spent))
        if not left:
            break
    return at


def _spent(when: date, spent: timedelta) -> Line:
    hours = (Decimal(spent.seconds) / 3600).quantize(Decimal("0.01")).normalize()
    vi, en = f"tính {hours:f} giờ làm việc", f"{hours:f} working hours count"
    return explanation.line(when, hours, "working-hours", "calendar", vi, en)


def _days_off(calendar: WorkCalendar, after: date, before: date) -> list[Line]:
    span = range(1, (before - after).days)
    return [explanation.off(calendar.day(after + timedelta(days=n))) for n in span]


def _received(at: datetime, vi: str, en: str, rule: str = "start") -> Line:
    clock = f"{at:%H:%M}"
    return explanation.line(
        at.date(), Decimal(0), rule, "dossier", f"{vi} lúc {clock}", f"{en} at {clock}"
    )
