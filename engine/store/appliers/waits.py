"""Timers and subscriptions. An armed timer is a row; a fired one is history."""

from __future__ import annotations

from engine.domain.events import (
    EscalationUncaught,
    MessageThrown,
    SignalThrown,
    SubscriptionClosed,
    SubscriptionOpened,
    TimerClosed,
    TimerScheduled,
)
from engine.store.appliers.registry import Projection, applies, only_history
from engine.store.tables import subscription, timer

# What is thrown is delivered by an internal job, written beside the event.
only_history(EscalationUncaught, MessageThrown, SignalThrown)


@applies(TimerScheduled)
def _scheduled(event: TimerScheduled, to: Projection) -> None:
    to.rows.put(
        timer,
        element_key=event.element_key,
        index=event.index,
        root_key=to.root_key,
        instance_key=event.instance.key,
        element_id=event.element_id,
        due_at=event.due_at,
        repetitions=event.repetitions,
    )


@applies(TimerClosed)
def _timer_closed(event: TimerClosed, to: Projection) -> None:
    to.rows.delete(timer, event.element_key, event.index)


@applies(SubscriptionOpened)
def _opened(event: SubscriptionOpened, to: Projection) -> None:
    to.rows.insert(
        subscription,
        key=event.key,
        root_key=to.root_key,
        instance_key=event.instance.key,
        element_key=event.element_key,
        index=event.index,
        definition_key=event.instance.definition.key,
        process_id=event.instance.definition.process_id,
        element_id=event.element_id,
        kind=event.kind,
        name=event.name,
        # A message without a key is asked for by an empty one, which SQL can compare.
        correlation_key=event.correlation_key or ("" if event.kind == "message" else None),
        state="CREATED",
        tenant_id=to.visibility.tenant_id,
        opened_at=to.at,
    )


@applies(SubscriptionClosed)
def _closed(event: SubscriptionClosed, to: Projection) -> None:
    to.rows.close(
        subscription,
        {"element_key": event.element_key, "index": event.index},
        {"state": "CORRELATED" if event.triggered else "DELETED", "closed_at": to.at},
        guard=("state", ("CREATED",)),
    )
