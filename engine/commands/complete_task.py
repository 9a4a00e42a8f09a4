"""Complete a user task: keep the answers, then let the procedure move on.

Rejected unless the task is open and the actor may complete it: its assignee,
any candidate while nobody holds it, or a supervisor of its unit. A fault in
the procedure model is not an error here: the runtime reports it as an
``IncidentRaised`` event, so the answers are stored and the element is retried.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.commands import guards
from engine.commands.context import Context, Result
from engine.commands.form_answers import checked_answers
from engine.domain.events import TaskCompleted
from engine.domain.ids import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteTask:
    """The answers one actor gives to one open task."""

    key: Key
    variables: Mapping[str, object] = field(default_factory=dict)
    action: str = "complete"
    revision: int | None = None


def complete_task(command: CompleteTask, context: Context) -> Result:
    # The root instance is locked, not the task alone: parallel branches share
    # one snapshot, and two writers would each drop the other's step.
    task, root = context.uow.roots.lock_task(command.key)
    guards.require_task_visible(task, context.actor)
    guards.require_open(task)
    guards.require_may_complete(task, context.actor)
    guards.require_other_person(task, context.actor.name, context.uow)
    guards.require_revision(task.revision, command.revision)
    process = context.restore(root)
    answers = checked_answers(task, process, command.variables, context)

    process.submit(task.element_key, answers)

    completed = TaskCompleted(key=task.key, element_key=task.element_key, action=command.action)
    context.save(root.key, process, completed)
    return {"key": task.key}
