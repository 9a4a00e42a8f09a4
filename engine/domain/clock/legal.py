"""The clocks of a dossier: what each was started with, and when it is due by the law of today.

A clock keeps its inputs, never only its result: a pause, an extension or another
calendar computes all of a dossier's dates again from the same start.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Final, Literal

from engine.domain.clock import explanation
from engine.domain.clock.calendar import WorkCalendar
from engine.domain.clock.due import Due, compute_due
from engine.domain.clock.explanation import Line
from engine.domain.clock.law import LegalCalendars, Purpose
from engine.domain.clock.pauses import Pause
from engine.domain.clock.term import Term, parse_term
from engine.domain.ids import Key

Name = Literal["statutory", "committed", "task", "timer"]
State = Literal["green", "amber", "red", "paused", "stopped"]
_AMBER_DAYS: Final = 1
_AMBER_SHARE: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a date was computed from."""

    term: str
    start: datetime
    purpose: Purpose = "processing"
    unit: str = ""
    procedure_code: str | None = None
    cut_off: str | None = None
    supplement: str | None = None
    supplement_rule: str | None = None
    calendar: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalDate:
    """A date and what it was made from."""

    origin: Origin
    due_at: datetime
    amber_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRecord:
    """A clock that runs for a root, one of its tasks or one of its timers."""

    key: Key
    root_key: Key
    name: Name
    origin: Origin
    due_at: datetime
    amber_at: datetime | None = None
    stopped_at: datetime | None = None
    element_id: str | None = None
    element_key: Key | None = None
    index: int | None = None
    task_key: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseRecord:
    """The clocks of a root stand from ``pause.start`` on, until it ends."""

    key: Key
    pause: Pause


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRecord:
    """More time, on top of what the law gives, by a document."""

    key: Key
    term: str
    document: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Everything about the clocks of one root."""

    clocks: tuple[ClockRecord, ...] = ()
    pauses: tuple[PauseRecord, ...] = ()
    extensions: tuple[ExtensionRecord, ...] = ()

    @property
    def open_pauses(self) -> tuple[PauseRecord, ...]:
        """Pauses that still stand."""
        return tuple(each for each in self.pauses if each.pause.end is None)

    def clock(self, name: Name) -> ClockRecord | None:
        """The root's own clock of this name."""
        return next((each for each in self.clocks if each.name == name), None)


def due_of(
    origin: Origin,
    law: LegalCalendars,
    now: datetime,
    pauses: Iterable[PauseRecord] = (),
    extensions: Sequence[ExtensionRecord] = (),
) -> Due:
    """The date by these calendars; an open pause lasts until ``now``."""
    calendar = law.calendar(origin.unit, origin.purpose)
    stands = [each.pause for each in pauses]
    due = compute_due(
        origin.start,
        parse_term(origin.term),
        calendar,
        cut_off=time.fromisoformat(origin.cut_off) if origin.cut_off else None,
        supplement=parse_term(origin.supplement) if origin.supplement else None,
        pauses=stands,
        now=now,
    )
    at, lines = due.at, list(due.lines)
    for extension in extensions:
        lines.append(_extended(at, extension))
        more = compute_due(at, parse_term(extension.term), calendar, pauses=stands, now=now)
        at = more.at
        lines.extend(line for line in more.lines if line.rule != "start")
    return Due(at=at, lines=tuple(lines))


def amber_from(due: datetime, start: datetime, term: Term, calendar: WorkCalendar) -> datetime:
    """From when on a clock warns: the closing time of the working day before it is due.

    Where the term is shorter than a day, from the last quarter of it.
    """
    if term.in_hours or term.amount == 0:
        return due - (due - start) / _AMBER_SHARE
    day, left = due.date(), _AMBER_DAYS
    while left and day > start.date():
        day -= timedelta(days=1)
        left -= calendar.day(day).works
    return calendar.closing(day)


def amber_of(origin: Origin, due: datetime, law: LegalCalendars) -> datetime:
    """Likewise, for a clock's origin."""
    calendar = law.calendar(origin.unit, origin.purpose)
    local = calendar.local
    return amber_from(local(due), local(origin.start), parse_term(origin.term), calendar)


def state_of(clock: ClockRecord, standing: Standing, now: datetime) -> State:
    """How a desk shows the clock."""
    if clock.stopped_at is not None:
        return "stopped"
    if standing.open_pauses:
        return "paused"
    if now > clock.due_at:
        return "red"
    return "amber" if clock.amber_at is not None and now >= clock.amber_at else "green"


def _extended(at: datetime, extension: ExtensionRecord) -> Line:
    vi, en = f"gia hạn {extension.term}", f"extended by {extension.term}"
    document = extension.document
    return explanation.line(
        at.date(), Decimal(0), "extension", document, f"{vi} ({document})", f"{en} ({document})"
    )
