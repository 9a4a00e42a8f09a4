"""Legal clocks: started, paused, extended, and every date that moved."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from engine.domain.events.event import Event
from engine.domain.ids import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStarted(Event):
    """``name`` statutory or committed: of the root; task or timer: of an element that used one."""

    wire = "motcua.clock.started.v1"
    key: Key
    name: str
    term: str
    start: datetime
    purpose: str
    unit: str
    cut_off: str | None = None
    supplement: str | None = None
    supplement_rule: str | None = None
    calendar: str
    due_at: datetime
    amber_at: datetime | None = None
    element_id: str | None = None
    element_key: Key | None = None
    index: int | None = None
    task_key: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockPaused(Event):
    """All clocks of the root stand, by a rule of the law."""

    wire = "motcua.clock.paused.v1"
    key: Key
    rule: str
    kind: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockResumed(Event):
    wire = "motcua.clock.resumed.v1"
    key: Key
    rule: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockExtended(Event):
    """More time by a document; ``reason`` is a sentence a person wrote."""

    wire = "motcua.clock.extended.v1"
    key: Key
    term: str
    document: str
    reason: str | None = field(default=None, metadata={"private": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStopped(Event):
    """The root's own clocks end: delivered, refused, withdrawn, stopped."""

    wire = "motcua.clock.stopped.v1"
    at: datetime
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDateMoved(Event):
    """A date of a dossier is another one now, and why. ``rule`` names the rule behind the cause."""

    wire = "motcua.clock.due_date_moved.v1"
    key: Key
    name: str
    old: datetime
    new: datetime
    amber_at: datetime | None
    cause: str
    rule: str | None = None
    calendar: str
    element_id: str | None = None
    element_key: Key | None = None
    index: int | None = None
    task_key: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClocksChecked(Event):
    """All dates of the root were computed with another state of the law; so many moved."""

    wire = "motcua.clock.checked.v1"
    calendar: str
    moved: int
