"""Change the changeable attributes of a task: candidates, dates, priority."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from engine.commands import guards
from engine.commands.context import Context, Result
from engine.domain.events import TaskUpdated
from engine.domain.ids import Key
from engine.errors import Forbidden

Change = str | int | datetime | tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateTask:
    """``changes``: candidate_groups, candidate_users, due_at, follow_up_at, priority."""

    key: Key
    changes: dict[str, Change] = field(default_factory=dict)
    action: str = "update"
    revision: int | None = None


def update_task(command: UpdateTask, context: Context) -> Result:
    task, root = context.uow.roots.lock_task(command.key)
    guards.require_task_visible(task, context.actor)
    guards.require_open(task)
    guards.require_revision(task.revision, command.revision)
    if not (
        context.actor.has("admin", "supervisor", "operator", "integrator")
        or task.assignee == context.actor.name
    ):
        raise Forbidden("Only the holder or a supervisor changes a task.", code="task-not-holder")

    event = TaskUpdated(
        key=task.key,
        element_key=task.element_key,
        changes=dict(command.changes),
        action=command.action,
    )
    context.uow.record(root.key, event)
    return {"key": task.key}
