"""Process instances and their elements."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.events.event import Event
from engine.domain.ids import InstanceRef, Key


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceStarted(Event):
    wire = "motcua.instance.started.v1"
    instance: InstanceRef
    parent_key: Key | None = None
    parent_element_key: Key | None = None
    business_id: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceCompleted(Event):
    wire = "motcua.instance.completed.v1"
    instance: InstanceRef


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceTerminated(Event):
    wire = "motcua.instance.terminated.v1"
    instance: InstanceRef
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementActivated(Event):
    """``element_type`` uses the ``/v2`` names: USER_TASK, EXCLUSIVE_GATEWAY, SUB_PROCESS ..."""

    wire = "motcua.element.activated.v1"
    key: Key
    instance: InstanceRef
    scope_key: Key
    element_id: str
    element_type: str
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementCompleted(Event):
    wire = "motcua.element.completed.v1"
    key: Key
    instance: InstanceRef
    element_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementTerminated(Event):
    wire = "motcua.element.terminated.v1"
    key: Key
    instance: InstanceRef
    element_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowTaken(Event):
    wire = "motcua.flow.taken.v1"
    instance: InstanceRef
    flow_id: str
