"""Stop a root instance with all it called, and let it move again.

While it stands still no task, job or message is taken, no timer fires and no
job is handed out; what operators change meanwhile runs after it is resumed.
Rejected: a called instance, one that has ended, one that stands already.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.commands import guards
from engine.commands.context import Context, Result
from engine.domain.events import InstanceResumed, InstanceSuspended
from engine.domain.ids import Key
from engine.errors import Conflict, NotFound
from engine.ports.runtime import Process
from engine.ports.store import LockedRoot


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspendInstance:
    """Procedures ask for a reason; it is kept with who did it."""

    key: Key
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeInstance:
    """Timers that fell due and messages that were kept are caught up with at once."""

    key: Key
    reason: str | None = None


def suspend_instance(command: SuspendInstance, context: Context) -> Result:
    root = running_root(command.key, context)
    guards.require_reason(root, command.reason)
    guards.require_moving(root)

    context.uow.roots.suspend(root.key, context.uow.now)

    context.uow.record(
        root.key,
        InstanceSuspended(key=context.uow.next_key(), by=context.actor.name, reason=command.reason),
    )
    return {"key": root.key}


def resume_instance(command: ResumeInstance, context: Context) -> Result:
    root = running_root(command.key, context)
    guards.require_reason(root, command.reason)
    if not root.suspended:
        raise Conflict("The process instance is not suspended.", code="instance-not-suspended")

    context.uow.roots.suspend(root.key, None)
    process = context.restore(replace(root, suspended=False))

    resumed = InstanceResumed(
        key=context.uow.next_key(), by=context.actor.name, reason=command.reason
    )
    step = context.save(root.key, process, resumed)
    if not step.finished:
        _hear_kept_messages(root.key, process, context)
    return {"key": root.key}


def running_root(key: Key, context: Context) -> LockedRoot:
    """The root of this key, locked; a called instance belongs to its root."""
    root = context.uow.roots.lock_element(key)
    guards.require_visible(context.actor, root.visibility, "process instance")
    if root.key != key:
        raise Conflict(
            f"This instance was called by another one: name its root {root.key}.",
            code="instance-called",
        )
    if root.state is None:
        raise NotFound("There is no such active process instance.", code="instance-ended")
    return root


def _hear_kept_messages(root_key: Key, process: Process, context: Context) -> None:
    for message, wait in context.uow.waits.messages_for_open_waits(root_key, context.uow.now):
        # An earlier message of this very turn may have ended the next one's wait.
        if not process.is_waiting(wait.element_key):
            continue
        process.trigger(wait.element_key, wait.index, message.variables)
        context.uow.waits.take_message(message.key, wait.process_id)
        process.settle()
    context.save(root_key, process)
