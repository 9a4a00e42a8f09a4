"""Give a task to somebody, take it, or give it back: a compare-and-set.

``allow_override`` False is the counter's claim: it fails with 409 when
somebody else holds the task, so of two clerks exactly one wins.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands import guards
from engine.commands.context import Context, Result
from engine.domain.events import TaskAssigned
from engine.domain.ids import Key
from engine.errors import Conflict, InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignTask:
    """``assignee`` may be any name, as in ``/v2``; None gives the task back."""

    key: Key
    assignee: str | None
    allow_override: bool = True
    action: str = "assign"
    revision: int | None = None


def assign_task(command: AssignTask, context: Context) -> Result:
    task, root = context.uow.roots.lock_task(command.key)
    guards.require_task_visible(task, context.actor)
    guards.require_open(task)
    guards.require_may_hand_out(task, context.actor, command.assignee)
    if command.assignee:
        guards.require_other_person(task, command.assignee, context.uow)
    guards.require_revision(task.revision, command.revision)
    if command.assignee == "":
        raise InvalidInput("The assignee is empty.", code="assignee-empty")
    held_by_other = task.assignee is not None and task.assignee != command.assignee
    supervising = context.actor.has("admin", "supervisor", "operator", "integrator")
    if held_by_other and not command.allow_override:
        raise Conflict("Somebody else holds the user task.", code="task-held-by-other")
    if held_by_other and not supervising and task.assignee != context.actor.name:
        raise Conflict("Somebody else holds the user task.", code="task-held-by-other")

    event = TaskAssigned(
        key=task.key,
        element_key=task.element_key,
        assignee=command.assignee,
        action=command.action,
    )
    context.uow.record(root.key, event)
    return {"key": task.key}
