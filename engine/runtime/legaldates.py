"""Dates of the legal clock that a task or timer uses: remembered, so they can be computed again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine.domain.clock.legal import LegalDate, Origin
from engine.domain.events import ClockStarted
from engine.domain.ids import Key
from engine.runtime.timer import from_millis, millis

if TYPE_CHECKING:
    from engine.runtime.token import Token

_TEXTS = ("term", "purpose", "unit", "procedure_code", "cut_off", "calendar")


def legal_clock(
    token: Token, made: LegalDate, name: str, index: int | None, task_key: Key | None
) -> ClockStarted:
    """The event that begins a clock of this element."""
    origin = made.origin
    return ClockStarted(
        key=token.workflow.env.next_key(),
        name=name,
        term=origin.term,
        start=origin.start,
        purpose=origin.purpose,
        unit=origin.unit,
        cut_off=origin.cut_off,
        calendar=origin.calendar,
        due_at=made.due_at,
        amber_at=made.amber_at,
        element_id=token.task_spec.bpmn_id,
        element_key=token.id,
        index=index,
        task_key=task_key,
    )


def kept(made: LegalDate) -> dict[str, Any]:
    """As it stands in a snapshot."""
    origin = made.origin
    return {name: getattr(origin, name) for name in _TEXTS} | {
        "start": millis(origin.start),
        "due": millis(made.due_at),
        "amber": millis(made.amber_at),
    }


def restored(token: Token, index: int, data: Mapping[str, Any]) -> ClockStarted:
    """The event of a timer's clock."""
    origin = Origin(start=from_millis(data["start"]), **{name: data[name] for name in _TEXTS})
    made = LegalDate(
        origin=origin, due_at=from_millis(data["due"]), amber_at=from_millis(data["amber"])
    )
    return legal_clock(token, made, "timer", index, None)
