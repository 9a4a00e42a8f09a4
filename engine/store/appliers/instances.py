"""Process instances and their elements."""

from __future__ import annotations

from engine.domain.events import (
    ElementActivated,
    ElementCompleted,
    ElementTerminated,
    FlowTaken,
    InstanceCompleted,
    InstanceStarted,
    InstanceTerminated,
)
from engine.store.appliers.registry import Projection, applies, only_history
from engine.store.tables import element_instance, process_instance, variable

only_history(FlowTaken)


@applies(InstanceStarted)
def _started(event: InstanceStarted, to: Projection) -> None:
    to.rows.insert(
        process_instance,
        key=event.instance.key,
        root_key=to.root_key,
        parent_key=event.parent_key,
        parent_element_key=event.parent_element_key,
        definition_key=event.instance.definition.key,
        process_id=event.instance.definition.process_id,
        state="ACTIVE",
        business_id=event.business_id,
        tags=list(event.tags),
        started_at=to.at,
        **to.seen_by(),
    )


@applies(InstanceCompleted)
def _completed(event: InstanceCompleted, to: Projection) -> None:
    to.rows.update(
        process_instance, event.instance.key, state="COMPLETED", ended_at=to.at, suspended_at=None
    )
    _forget_scopes(event.instance.key, to)


@applies(InstanceTerminated)
def _terminated(event: InstanceTerminated, to: Projection) -> None:
    to.rows.update(
        process_instance,
        event.instance.key,
        state="TERMINATED",
        reason=event.reason,
        ended_at=to.at,
        suspended_at=None,
    )
    _forget_scopes(event.instance.key, to)


@applies(ElementActivated)
def _element_activated(event: ElementActivated, to: Projection) -> None:
    to.rows.insert(
        element_instance,
        key=event.key,
        root_key=to.root_key,
        instance_key=event.instance.key,
        scope_key=event.scope_key,
        definition_key=event.instance.definition.key,
        process_id=event.instance.definition.process_id,
        element_id=event.element_id,
        element_type=event.element_type,
        name=event.name,
        state="ACTIVE",
        started_at=to.at,
    )


@applies(ElementCompleted)
def _element_completed(event: ElementCompleted, to: Projection) -> None:
    to.rows.update(element_instance, event.key, state="COMPLETED", ended_at=to.at)


@applies(ElementTerminated)
def _element_terminated(event: ElementTerminated, to: Projection) -> None:
    to.rows.update(element_instance, event.key, state="TERMINATED", ended_at=to.at)


def _forget_scopes(instance_key: int, to: Projection) -> None:
    """No variable outlives its root."""
    if instance_key == to.root_key:
        to.rows.close(
            variable,
            {"root_key": to.root_key},
            {"live": False},
            guard=("live", (True,)),
            stored=to.live_scopes is None or bool(to.live_scopes),
        )
