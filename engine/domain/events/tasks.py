"""User tasks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from engine.domain.events.event import Event
from engine.domain.ids import InstanceRef, Key


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskCreated(Event):
    wire = "motcua.task.created.v1"
    key: Key
    instance: InstanceRef
    element_key: Key
    element_id: str
    name: str | None = None
    assignee: str | None = None
    candidate_groups: tuple[str, ...] = ()
    candidate_users: tuple[str, ...] = ()
    due_at: datetime | None = None
    follow_up_at: datetime | None = None
    priority: int = 50
    form_id: str | None = None
    form_binding: str = "latest"
    form_version_tag: str | None = None
    external_form: str | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAssigned(Event):
    """``assignee`` None means given back to the candidates."""

    wire = "motcua.task.assigned.v1"
    key: Key
    element_key: Key
    assignee: str | None
    action: str = "assign"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskUpdated(Event):
    """Names of the changed attributes with their new (never personal) values."""

    wire = "motcua.task.updated.v1"
    key: Key
    element_key: Key
    changes: dict[str, object]
    action: str = "update"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskCompleted(Event):
    wire = "motcua.task.completed.v1"
    key: Key
    element_key: Key
    action: str = "complete"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskCanceled(Event):
    """The element was left without completing its task; the row is found by ``element_key``."""

    wire = "motcua.task.canceled.v1"
    element_key: Key
