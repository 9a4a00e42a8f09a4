"""Terminate a running process instance with all that hangs on it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands import guards
from engine.commands.context import Context, Result
from engine.domain.ids import Key
from engine.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelInstance:
    """A root instance; a called one ends with its caller only."""

    key: Key
    revision: int | None = None


def cancel_instance(command: CancelInstance, context: Context) -> Result:
    root = context.uow.roots.lock(command.key)
    guards.require_visible(context.actor, root.visibility, "process instance")
    if root.state is None:
        raise NotFound("There is no such active process instance.", code="instance-ended")
    guards.require_revision(root.revision, command.revision)

    process = context.runtime.restore(root.state, context.environment(root.key))
    process.cancel(command.key)

    context.save(root.key, process)
    return {"key": command.key}
