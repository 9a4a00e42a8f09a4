"""Variables and incidents."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.domain.events.event import Event
from engine.domain.ids import InstanceRef, Key


@dataclass(frozen=True, slots=True, kw_only=True)
class VariablesChanged(Event):
    """Names only. The values travel beside the events, in ``Step.variables``."""

    wire = "motcua.variables.changed.v1"
    scope_key: Key
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeClosed(Event):
    """The scope's variables are history from here on."""

    wire = "motcua.scope.closed.v1"
    scope_key: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRaised(Event):
    """``error_type`` uses the ``/v2`` names: CONDITION_ERROR, JOB_NO_RETRIES ..."""

    wire = "motcua.incident.raised.v1"
    key: Key
    instance: InstanceRef
    element_key: Key
    element_id: str
    error_type: str
    message: str = field(default="", metadata={"private": True})
    job_key: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentResolved(Event):
    wire = "motcua.incident.resolved.v1"
    element_key: Key
