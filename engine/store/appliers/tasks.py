"""User tasks and the desk's index of candidates."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from engine.domain.events import (
    TaskAssigned,
    TaskCanceled,
    TaskCompleted,
    TaskCreated,
    TaskUpdated,
)
from engine.store.appliers.registry import Projection, applies
from engine.store.tables import task_candidate, user_task

CHANGEABLE = frozenset(
    {
        "assignee",
        "candidate_groups",
        "candidate_users",
        "due_at",
        "follow_up_at",
        "priority",
    }
)


@applies(TaskCreated)
def _created(event: TaskCreated, to: Projection) -> None:
    to.rows.insert(
        user_task,
        key=event.key,
        root_key=to.root_key,
        instance_key=event.instance.key,
        element_key=event.element_key,
        definition_key=event.instance.definition.key,
        process_id=event.instance.definition.process_id,
        element_id=event.element_id,
        name=event.name,
        state="CREATED",
        assignee=event.assignee,
        candidate_groups=list(event.candidate_groups),
        candidate_users=list(event.candidate_users),
        due_at=event.due_at,
        follow_up_at=event.follow_up_at,
        priority=event.priority,
        form_id=event.form_id,
        form_binding=event.form_binding,
        form_version_tag=event.form_version_tag,
        external_form=event.external_form,
        headers=dict(event.headers),
        created_at=to.at,
        revision=1,
        **to.seen_by(),
    )
    _invite(to, event.key, "group", event.candidate_groups)
    _invite(to, event.key, "user", event.candidate_users)


@applies(TaskAssigned)
def _assigned(event: TaskAssigned, to: Projection) -> None:
    to.rows.update(user_task, event.key, assignee=event.assignee, action=event.action)


@applies(TaskUpdated)
def _updated(event: TaskUpdated, to: Projection) -> None:
    unknown = event.changes.keys() - CHANGEABLE
    if unknown:
        raise KeyError(f"a task's {', '.join(sorted(unknown))} cannot be changed")
    changes = {name: _column(name, value) for name, value in event.changes.items()}
    to.rows.update(user_task, event.key, **changes, action=event.action)
    for kind in ("group", "user"):
        named = changes.get(f"candidate_{kind}s")
        if named is not None:
            to.rows.close(task_candidate, {"task_key": event.key, "kind": kind}, None)
            _invite(to, event.key, kind, named)


@applies(TaskCompleted)
def _completed(event: TaskCompleted, to: Projection) -> None:
    to.rows.update(user_task, event.key, state="COMPLETED", action=event.action, completed_at=to.at)


@applies(TaskCanceled)
def _canceled(event: TaskCanceled, to: Projection) -> None:
    to.rows.close(
        user_task,
        {"element_key": event.element_key},
        {"state": "CANCELED", "completed_at": to.at},
        guard=("state", ("CREATED",)),
    )


def _invite(to: Projection, task_key: int, kind: str, names: Any) -> None:
    for name in dict.fromkeys(names):
        to.rows.put(task_candidate, group_id=name, kind=kind, task_key=task_key)


def _column(name: str, value: Any) -> Any:
    if name in ("due_at", "follow_up_at") and isinstance(value, str):
        return datetime.fromisoformat(value)
    return list(value) if name.startswith("candidate_") else value
