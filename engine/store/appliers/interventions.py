"""Interventions of operators, and the instances they stop or move."""

from __future__ import annotations

from engine.domain.events import (
    DataErased,
    ElementMigrated,
    HistoryRemoved,
    InstanceHeld,
    InstanceMigrated,
    InstanceModified,
    InstanceReleased,
    InstanceResumed,
    InstanceSuspended,
    RetentionChanged,
)
from engine.domain.events.interventions import Intervention
from engine.store.appliers.registry import Projection, applies, only_history
from engine.store.tables import (
    element_instance,
    incident,
    intervention,
    job,
    process_instance,
    subscription,
    timer,
    user_task,
)

# What hangs on a moved element, while it is still open.
_OPEN = (
    (user_task, ("state", ("CREATED",))),
    (job, ("open", (True,))),
    (subscription, ("state", ("CREATED",))),
    (incident, ("state", ("ACTIVE",))),
)

# Their rows are written by the command's own calls: they outlive the root.
only_history(DataErased, HistoryRemoved, RetentionChanged)


@applies(InstanceHeld)
def _legally_held(event: InstanceHeld, to: Projection) -> None:
    _keep(event, "hold", to)


@applies(InstanceReleased)
def _released(event: InstanceReleased, to: Projection) -> None:
    _keep(event, "release", to)


@applies(InstanceSuspended)
def _suspended(event: InstanceSuspended, to: Projection) -> None:
    _keep(event, "suspend", to)
    _move(to, "ACTIVE", {"state": "SUSPENDED", "suspended_at": to.at})


@applies(InstanceResumed)
def _resumed(event: InstanceResumed, to: Projection) -> None:
    _keep(event, "resume", to)
    _move(to, "SUSPENDED", {"state": "ACTIVE", "suspended_at": None})


@applies(InstanceModified)
def _modified(event: InstanceModified, to: Projection) -> None:
    _keep(event, "modify", to)


@applies(InstanceMigrated)
def _migrated(event: InstanceMigrated, to: Projection) -> None:
    _keep(event, "migrate", to)
    to.rows.update(
        process_instance,
        event.instance_key,
        definition_key=event.definition_key,
        process_id=event.process_id,
    )


@applies(ElementMigrated)
def _element_migrated(event: ElementMigrated, to: Projection) -> None:
    moved = {
        "definition_key": event.definition_key,
        "process_id": event.process_id,
        "element_id": event.target_id,
    }
    named = moved | {"name": event.target_name}
    to.rows.update(element_instance, event.key, **named)
    to.rows.close(timer, {"element_key": event.key}, {"element_id": event.target_id})
    for table, guard in _OPEN:
        changes = named if table is user_task else moved
        to.rows.close(table, {"element_key": event.key}, changes, guard=guard)


def _move(to: Projection, state: str, changes: dict[str, object]) -> None:
    to.rows.close(process_instance, {"root_key": to.root_key}, changes, guard=("state", (state,)))


def _keep(event: Intervention, kind: str, to: Projection) -> None:
    to.rows.insert(
        intervention,
        key=event.key,
        root_key=to.root_key,
        kind=kind,
        by=event.by,
        reason=event.reason,
        at=to.at,
        **to.seen_by(),
    )
