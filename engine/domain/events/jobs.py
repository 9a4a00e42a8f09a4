"""Jobs: work for somebody outside the transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from engine.domain.events.event import Event
from engine.domain.ids import InstanceRef, Key


@dataclass(frozen=True, slots=True, kw_only=True)
class JobCreated(Event):
    wire = "motcua.job.created.v1"
    key: Key
    instance: InstanceRef
    element_key: Key
    element_id: str
    type: str
    kind: str = "BPMN_ELEMENT"
    listener_event: str = "UNSPECIFIED"
    retries: int = 3
    priority: int = 0
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobCompleted(Event):
    wire = "motcua.job.completed.v1"
    key: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFailed(Event):
    """``message`` comes from a worker: it stands in the job row, never in the event's payload."""

    wire = "motcua.job.failed.v1"
    key: Key
    retries: int
    retry_at: datetime | None = None
    message: str = field(default="", metadata={"private": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class JobErrorThrown(Event):
    wire = "motcua.job.error-thrown.v1"
    key: Key
    error_code: str
    message: str = field(default="", metadata={"private": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class JobUpdated(Event):
    """Retries set again, or the lease moved, by an operator or the worker."""

    wire = "motcua.job.updated.v1"
    key: Key
    retries: int | None = None
    lease_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobCanceled(Event):
    """The element was left; open jobs of ``element_key`` are void."""

    wire = "motcua.job.canceled.v1"
    element_key: Key
