"""Timers and subscriptions an element waits for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from engine.domain.events.event import Event
from engine.domain.ids import InstanceRef, Key


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerScheduled(Event):
    """Identity (element_key, index); scheduling again moves the due time.

    ``repetitions`` -1 means for ever.
    """

    wire = "motcua.timer.scheduled.v1"
    instance: InstanceRef
    element_key: Key
    index: int = 0
    element_id: str
    due_at: datetime
    repetitions: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerClosed(Event):
    wire = "motcua.timer.closed.v1"
    element_key: Key
    index: int = 0
    fired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionOpened(Event):
    """``kind`` is ``message`` or ``signal``; a correlation key may be personal: private."""

    wire = "motcua.subscription.opened.v1"
    key: Key
    instance: InstanceRef
    element_key: Key
    index: int = 0
    element_id: str
    kind: str
    name: str
    correlation_key: str | None = field(default=None, metadata={"private": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionClosed(Event):
    wire = "motcua.subscription.closed.v1"
    element_key: Key
    index: int = 0
    triggered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageThrown(Event):
    wire = "motcua.message.thrown.v1"
    instance: InstanceRef
    element_id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalThrown(Event):
    wire = "motcua.signal.thrown.v1"
    instance: InstanceRef
    element_id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationUncaught(Event):
    wire = "motcua.escalation.uncaught.v1"
    instance: InstanceRef
    element_id: str
    escalation_code: str | None = None
