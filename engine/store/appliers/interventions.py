"""Interventions of operators, and the instances they stop or move."""

from __future__ import annotations

from engine.domain.events import InstanceModified, InstanceResumed, InstanceSuspended
from engine.domain.events.interventions import Intervention
from engine.store.appliers.registry import Projection, applies
from engine.store.tables import intervention, process_instance


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
