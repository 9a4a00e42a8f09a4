"""Move one running root to another unit: its rows, the candidates of its open tasks, its variables.

Codes, receipts, signatures and everything that happened stay as they are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from engine.commands.context import Context, Result
from engine.domain.events import Event, RootRehomed, TaskAssigned, TaskUpdated
from engine.domain.ids import Key
from engine.domain.records import TaskRecord
from engine.ports.store import LockedRoot


@dataclass(frozen=True, slots=True, kw_only=True)
class RehomeRoot:
    """Tree paths of the units and ids of the agencies, old to new."""

    root_key: Key
    unit_from: str
    unit_to: str
    agencies: Mapping[str, str]
    reason: str = "merge"
    decision: str | None = None


def rehome_root(command: RehomeRoot, context: Context) -> Result:
    rehome(context, context.uow.roots.lock(command.root_key), command)
    return {"key": command.root_key}


def rehome(context: Context, root: LockedRoot, move: RehomeRoot, *first: Event) -> None:
    """Within the caller's transaction; ``first`` is recorded before the move.

    The people of merged units keep the tasks they hold, those of an agency
    that gave the dossier away do not.
    """
    events = rehoming(
        context,
        root.key,
        unit_from=move.unit_from,
        unit_to=move.unit_to,
        agencies=move.agencies,
        reason=move.reason,
        decision=move.decision,
        keeps_holders=move.reason == "merge",
    )
    if root.state is None:
        context.uow.record(root.key, *first, *events)
        return
    process = context.restore(root, may_wait=True)
    text = root.state.variables.get(root.key, {}).get("dossier")
    changed = moved_dossier(text and json.loads(text, parse_float=Decimal), move)
    if changed is not None:
        process.set_variables(root.key, {"dossier": changed}, local=True)
    context.save(root.key, process, *first, *events)


def rehoming(
    context: Context,
    root_key: Key,
    *,
    unit_from: str,
    unit_to: str,
    agencies: Mapping[str, str],
    reason: str,
    decision: str | None = None,
    keeps_holders: bool,
) -> list[Event]:
    """The events of a move; the people of merged units keep the tasks they hold."""
    events: list[Event] = [
        RootRehomed(
            key=root_key,
            unit_from=unit_from,
            unit_to=unit_to,
            agencies=dict(agencies),
            reason=reason,
            decision=decision,
        )
    ]
    for task in context.uow.roots.tasks_offered(root_key):
        groups = moved_groups(task.candidate_groups, agencies)
        if groups == task.candidate_groups:
            continue
        events.append(_offered(task, groups))
        if task.assignee is not None and not keeps_holders:
            given_back = TaskAssigned(
                key=task.key, element_key=task.element_key, assignee=None, action="reroute"
            )
            events.append(given_back)
    return events


def moved_groups(groups: tuple[str, ...], agencies: Mapping[str, str]) -> tuple[str, ...]:
    """Each ``role@old`` as ``role@new``; others stay."""
    moved = []
    for group in groups:
        role, at, agency = group.partition("@")
        moved.append(f"{role}{at}{agencies.get(agency, agency)}")
    return tuple(dict.fromkeys(moved))


def moved_dossier(held: object, command: RehomeRoot) -> dict[str, object] | None:
    """The process's ``dossier`` with its new agency and unit; None when nothing changes."""
    if not isinstance(held, dict) or held.get("agency") not in command.agencies:
        return None
    code = command.unit_to.rstrip("/").rpartition("/")[2]
    return {**held, "agency": command.agencies[str(held["agency"])], "unit": code}


def _offered(task: TaskRecord, groups: tuple[str, ...]) -> TaskUpdated:
    return TaskUpdated(
        key=task.key,
        element_key=task.element_key,
        changes={"candidate_groups": groups},
        action="reroute",
    )
