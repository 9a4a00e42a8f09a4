"""A user task that only stands in a lane is offered to that lane's role at the agency.

``lanes`` of ``procedure.yml`` says which role a lane is; the agency is the
dossier's at that moment, for ``reception`` and ``cashier`` the counter's. A
lane nobody mapped keeps its name as the group, as in a process without dossier.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.domain.dossier import DossierRecord
from engine.domain.events import Event, TaskCreated
from engine.domain.ids import Key
from engine.ports.runtime import Step
from engine.ports.store import UnitOfWork

AT_THE_COUNTER = frozenset({"reception", "cashier"})


def with_lane_groups(uow: UnitOfWork, root_key: Key, step: Step) -> Step:
    """The step, lanes of new tasks replaced by groups; asks the store only when there are some."""
    if not any(_needs_group(event) for event in step.events):
        return step
    dossier = uow.dossiers.carried_by(root_key)
    if dossier is None or dossier.definition_key is None:
        return step
    roles = _roles(uow.dossiers.procedure_of(dossier.definition_key))
    return replace(step, events=tuple(_with_groups(e, roles, dossier) for e in step.events))


def _needs_group(event: Event) -> bool:
    return isinstance(event, TaskCreated) and any("@" not in g for g in event.candidate_groups)


def _roles(facts: Mapping[str, Any]) -> dict[str, str]:
    lanes: Mapping[str, str] = facts.get("lanes") or {}
    names: Mapping[str, str] = facts.get("lane_names") or {}
    return {**lanes, **{names[lane]: role for lane, role in lanes.items() if lane in names}}


def _with_groups(event: Event, roles: Mapping[str, str], dossier: DossierRecord) -> Event:
    if not isinstance(event, TaskCreated) or not _needs_group(event):
        return event
    groups = tuple(_group(group, roles, dossier) for group in event.candidate_groups)
    return replace(event, candidate_groups=groups)


def _group(group: str, roles: Mapping[str, str], dossier: DossierRecord) -> str:
    role = roles.get(group)
    if "@" in group or role is None:
        return group
    if role in AT_THE_COUNTER:
        return f"{role}@ubnd-{dossier.receiving_unit.rstrip('/').rpartition('/')[2]}"
    return f"{role}@{dossier.agency}"
