"""The clocks of a dossier inside a command: start, pause, resume, extend, stop, recompute.

Call them with the root locked (or just created). Every change computes all dates
of the root again, in the caller's transaction, and records each one that moved;
the clock stands only by a rule of the law and is extended only by a document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time
from typing import TYPE_CHECKING

from engine.domain.clock import parse_term
from engine.domain.clock.law import LegalCalendars, calendars_of
from engine.domain.clock.legal import (
    ClockRecord,
    ExtensionRecord,
    Name,
    Origin,
    Standing,
    amber_of,
    due_of,
)
from engine.domain.events import (
    ClockExtended,
    ClockPaused,
    ClockResumed,
    ClocksChecked,
    ClockStarted,
    ClockStopped,
    DueDateMoved,
    Event,
)
from engine.domain.ids import Key
from engine.errors import Conflict, InvalidInput
from engine.ports.store import UnitOfWork

if TYPE_CHECKING:
    from engine.commands.context import Context


def start_clocks(
    context: Context,
    root_key: Key,
    *,
    start: datetime,
    statutory: str | None,
    committed: str | None = None,
    cut_off: time | None = None,
    unit: str | None = None,
) -> Mapping[Name, ClockRecord]:
    """On acceptance: the clock of the law, and of the promise where it is another one.

    ``unit`` None takes the unit of the root; a difficult area's supplement is added to
    the term of the law, not to a promise.
    """
    seen = context.uow.roots.visibility(root_key)
    law, place = _law(context.uow), seen.unit_id if unit is None else unit
    day = start.astimezone(context.settings.zone).date()
    extra = law.supplement(place, seen.procedure_code or "", day)
    begun: dict[Name, ClockRecord] = {}
    wanted: tuple[tuple[Name, str | None], ...] = (
        ("statutory", statutory),
        ("committed", committed or statutory),
    )
    for name, term in wanted:
        if term is None:
            continue
        area = extra if name == "statutory" or committed is None else None
        origin = Origin(
            term=str(parse_term(term)),
            start=start,
            purpose="legal" if name == "statutory" else "processing",
            unit=place,
            procedure_code=seen.procedure_code,
            cut_off=f"{cut_off:%H:%M}" if cut_off else None,
            supplement=str(area.term) if area else None,
            supplement_rule=area.id if area else None,
            calendar=law.version,
        )
        begun[name] = _begin(context, root_key, name, origin, law)
    return begun


def pause_clocks(
    context: Context, root_key: Key, *, rule: str, since: datetime | None = None
) -> Key:
    """All clocks stand by this rule; the key of the pause. A rule pauses once at a time."""
    now = context.uow.now
    begin = min(since or now, now)
    known = _law(context.uow).pause_rule(rule, begin.astimezone(context.settings.zone).date())
    standing = context.uow.clocks.standing(root_key)
    if any(each.pause.rule == rule for each in standing.open_pauses):
        raise Conflict("The clock stands by this rule already.", code="clock-paused-already")
    key = context.uow.next_key()
    event = ClockPaused(key=key, rule=known.id, kind=known.kind, since=begin)
    context.uow.record(root_key, event)
    return key


def resume_clocks(
    context: Context, root_key: Key, *, rule: str, until: datetime | None = None
) -> tuple[DueDateMoved, ...]:
    """The pause by this rule ends; what moved."""
    standing = context.uow.clocks.standing(root_key)
    found = [each for each in standing.open_pauses if each.pause.rule == rule]
    if not found:
        raise Conflict("The clock does not stand by this rule.", code="clock-not-paused")
    pause, end = found[0], min(until or context.uow.now, context.uow.now)
    if end < pause.pause.start:
        raise InvalidInput("A pause ends before it begins.", code="pause-reversed")
    context.uow.record(root_key, ClockResumed(key=pause.key, rule=rule, until=end))
    return recompute(context.uow, root_key, cause="resumed", rule=rule)


def end_pauses(context: Context, root_key: Key, kind: str) -> None:
    """Every open pause of this kind ends now, such as a payment's when the money is there."""
    for each in context.uow.clocks.standing(root_key).open_pauses:
        if each.pause.kind == kind:
            resume_clocks(context, root_key, rule=each.pause.rule)


def extend_clocks(
    context: Context, root_key: Key, *, term: str, document: str, reason: str | None = None
) -> tuple[DueDateMoved, ...]:
    """More time by a document (number and date of the letter of apology); what moved."""
    more = parse_term(term)
    if not document.strip():
        raise InvalidInput("An extension needs its document.", code="extension-document-missing")
    if not more.amount:
        raise InvalidInput("An extension of nothing is none.", code="extension-empty")
    standing = context.uow.clocks.standing(root_key)
    if not any(each.stopped_at is None for each in standing.clocks):
        raise Conflict("No clock runs here.", code="clock-not-started")
    event = ClockExtended(
        key=context.uow.next_key(), term=str(more), document=document.strip(), reason=reason
    )
    context.uow.record(root_key, event)
    return recompute(context.uow, root_key, cause="extended", rule=document.strip())


def stop_clocks(uow: UnitOfWork, root_key: Key, *, cause: str) -> None:
    """The root's own clocks end and are judged by this moment; pauses end with them."""
    now = uow.now
    standing = uow.clocks.standing(root_key)
    ends: list[Event] = [
        ClockResumed(key=each.key, rule=each.pause.rule, until=now) for each in standing.open_pauses
    ]
    uow.record(root_key, *ends)
    if ends:
        recompute(uow, root_key, cause="resumed")
    if standing.clock("statutory") or standing.clock("committed"):
        uow.record(root_key, ClockStopped(at=now, cause=cause))


def recompute(
    uow: UnitOfWork, root_key: Key, *, cause: str, rule: str | None = None
) -> tuple[DueDateMoved, ...]:
    """All running dates of the root again; each one that moved is recorded."""
    moved = moves(uow.clocks.standing(root_key), _law(uow), uow.now)
    events = tuple(replace(each, cause=cause, rule=rule) for each in moved)
    uow.record(root_key, *events)
    return events


def check_clocks(uow: UnitOfWork, root_key: Key) -> tuple[DueDateMoved, ...]:
    """After a change of the law: recompute, and note which state of the law holds now."""
    law = _law(uow)
    moved = recompute(uow, root_key, cause="calendar", rule=law.version)
    uow.record(root_key, ClocksChecked(calendar=law.version, moved=len(moved)))
    return moved


def moves(standing: Standing, law: LegalCalendars, now: datetime) -> tuple[DueDateMoved, ...]:
    """What would move by these calendars; nothing is written."""
    found: list[DueDateMoved] = []
    for clock in standing.clocks:
        if clock.stopped_at is not None:
            continue
        due = due_now(clock, standing, law, now)
        if due != clock.due_at:
            found.append(_moved(clock, due, law))
    return tuple(found)


def due_now(clock: ClockRecord, standing: Standing, law: LegalCalendars, now: datetime) -> datetime:
    """When a clock is due by these calendars; extensions belong to the root's own clocks."""
    extensions: tuple[ExtensionRecord, ...] = ()
    if clock.name in ("statutory", "committed"):
        extensions = standing.extensions
    return due_of(clock.origin, law, now, standing.pauses, extensions).at


def postpone(uow: UnitOfWork, root_key: Key, clock_key: Key) -> bool:
    """True when a due timer's clock stands: its date was computed again and lies later now."""
    standing = uow.clocks.standing(root_key)
    clock = next((each for each in standing.clocks if each.key == clock_key), None)
    if clock is None or not standing.open_pauses:
        return False
    law, now = _law(uow), uow.now
    due = due_now(clock, standing, law, now)
    if due <= now:
        return False
    rule = standing.open_pauses[0].pause.rule
    uow.record(root_key, replace(_moved(clock, due, law), cause="paused", rule=rule))
    return True


def _begin(
    context: Context, root_key: Key, name: Name, origin: Origin, law: LegalCalendars
) -> ClockRecord:
    due = due_of(origin, law, context.uow.now).at
    amber = amber_of(origin, due, law)
    key = context.uow.next_key()
    event = ClockStarted(
        key=key,
        name=name,
        term=origin.term,
        start=origin.start,
        purpose=origin.purpose,
        unit=origin.unit,
        cut_off=origin.cut_off,
        supplement=origin.supplement,
        supplement_rule=origin.supplement_rule,
        calendar=origin.calendar,
        due_at=due,
        amber_at=amber,
    )
    context.uow.record(root_key, event)
    return ClockRecord(
        key=key, root_key=root_key, name=name, origin=origin, due_at=due, amber_at=amber
    )


def _moved(clock: ClockRecord, due: datetime, law: LegalCalendars) -> DueDateMoved:
    return DueDateMoved(
        key=clock.key,
        name=clock.name,
        old=clock.due_at,
        new=due,
        amber_at=amber_of(clock.origin, due, law),
        cause="",
        calendar=law.version,
        element_id=clock.element_id,
        element_key=clock.element_key,
        index=clock.index,
        task_key=clock.task_key,
    )


def _law(uow: UnitOfWork) -> LegalCalendars:
    return uow.law.book().derived(calendars_of)
