"""What operators do to running instances. A reason is a person's words: private."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.domain.events.event import Event
from engine.domain.ids import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervention(Event):
    """``by`` is the account; the reason stands in the row only."""

    key: Key
    by: str
    reason: str | None = field(default=None, metadata={"private": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceSuspended(Intervention):
    """The root and all it called stand still."""

    wire = "motcua.instance.suspended.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceResumed(Intervention):
    """The root moves again."""

    wire = "motcua.instance.resumed.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceModified(Intervention):
    """``instructions`` name elements and keys, in the order they were given."""

    wire = "motcua.instance.modified.v1"
    instance_key: Key
    instructions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceMigrated(Intervention):
    """The instance runs by another definition from here on."""

    wire = "motcua.instance.migrated.v1"
    instance_key: Key
    definition_key: Key
    process_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementMigrated(Event):
    """A waiting or active element stands for ``target_id`` of the other definition now."""

    wire = "motcua.element.migrated.v1"
    key: Key
    instance_key: Key
    element_id: str
    target_id: str
    target_name: str | None = None
    definition_key: Key
    process_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceHeld(Intervention):
    """A legal hold: the root is not removed and not erased."""

    wire = "motcua.instance.held.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceReleased(Intervention):
    """The legal hold ended."""

    wire = "motcua.instance.released.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class DataErased(Event):
    """What persons gave was deleted; no reason is kept, it would be theirs too."""

    wire = "motcua.instance.erased.v1"
    key: Key
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRemoved(Event):
    """An ended root was deleted with all its rows; ``head`` is its chain's last hash."""

    wire = "motcua.history.removed.v1"
    key: Key
    seq: int
    head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionChanged(Event):
    """How many days ended roots of a process or procedure are kept; None: no rule."""

    wire = "motcua.retention.changed.v1"
    subject: str
    days: int | None = None
