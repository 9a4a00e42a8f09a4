"""Legal clocks. A moved date moves the task or timer that hangs on it in the same step."""

from __future__ import annotations

from engine.domain.events import (
    ClockExtended,
    ClockPaused,
    ClockResumed,
    ClocksChecked,
    ClockStarted,
    ClockStopped,
    DueDateMoved,
)
from engine.store.appliers.registry import Projection, applies
from engine.store.tables import (
    dossier,
    legal_clock,
    legal_extension,
    legal_pause,
    timer,
    user_task,
)


@applies(ClockStarted)
def _started(event: ClockStarted, to: Projection) -> None:
    to.rows.insert(
        legal_clock,
        key=event.key,
        root_key=to.root_key,
        name=event.name,
        term=event.term,
        start=event.start,
        purpose=event.purpose,
        unit=event.unit,
        cut_off=event.cut_off,
        supplement=event.supplement,
        supplement_rule=event.supplement_rule,
        calendar=event.calendar,
        due_at=event.due_at,
        amber_at=event.amber_at,
        element_id=event.element_id,
        element_key=event.element_key,
        index=event.index,
        task_key=event.task_key,
        **to.seen_by(),
    )
    if event.task_key is not None:
        to.rows.update(user_task, event.task_key, clock_key=event.key)
    elif event.element_key is not None:
        to.rows.update(timer, event.element_key, event.index, clock_key=event.key)


@applies(ClockPaused)
def _paused(event: ClockPaused, to: Projection) -> None:
    to.rows.insert(
        legal_pause,
        key=event.key,
        root_key=to.root_key,
        rule=event.rule,
        kind=event.kind,
        since=event.since,
    )


@applies(ClockResumed)
def _resumed(event: ClockResumed, to: Projection) -> None:
    to.rows.update(legal_pause, event.key, until=event.until)


@applies(ClockExtended)
def _extended(event: ClockExtended, to: Projection) -> None:
    to.rows.insert(
        legal_extension,
        key=event.key,
        root_key=to.root_key,
        term=event.term,
        document=event.document,
        at=to.at,
    )


@applies(ClockStopped)
def _stopped(event: ClockStopped, to: Projection) -> None:
    to.rows.close(
        legal_clock,
        {"root_key": to.root_key},
        {"stopped_at": event.at},
        guard=("name", ("statutory", "committed")),
    )


@applies(DueDateMoved)
def _moved(event: DueDateMoved, to: Projection) -> None:
    to.rows.update(
        legal_clock,
        event.key,
        due_at=event.new,
        amber_at=event.amber_at,
        calendar=event.calendar,
    )
    if event.task_key is not None:
        to.rows.update(user_task, event.task_key, due_at=event.new)
    elif event.element_key is not None:
        to.rows.update(timer, event.element_key, event.index, due_at=event.new)
    else:
        # A process without a dossier has clocks too: then no row matches.
        to.rows.close(dossier, {"key": to.root_key}, {f"{event.name}_due_at": event.new})


@applies(ClocksChecked)
def _checked(event: ClocksChecked, to: Projection) -> None:
    to.rows.close(legal_clock, {"root_key": to.root_key}, {"calendar": event.calendar})
