"""Write variables of a scope from outside; conditions are checked again.

In a procedure's instance only operators do so, with a reason (design 14.7).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.commands import guards
from engine.commands.context import Context, Result
from engine.domain.events import InstanceModified
from engine.domain.ids import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class SetVariables:
    """``scope_key`` is an instance or element; ``local`` declares the names there."""

    scope_key: Key
    variables: Mapping[str, object]
    local: bool = False
    reason: str | None = None


def set_variables(command: SetVariables, context: Context) -> Result:
    root = context.uow.roots.lock_element(command.scope_key)
    guards.require_visible(context.actor, root.visibility, "element instance")

    guards.require_intervener(root, context.actor)
    guards.require_reason(root, command.reason)

    process = context.restore(root, may_wait=True)
    process.set_variables(command.scope_key, command.variables, local=command.local)

    context.save(root.key, process, *_told(command, context))
    return {"key": command.scope_key}


def _told(command: SetVariables, context: Context) -> tuple[InstanceModified, ...]:
    """With a reason it is an intervention; names only, never a value."""
    if command.reason is None:
        return ()
    names = tuple(f"set {name}" for name in sorted(command.variables))
    event = InstanceModified(
        key=context.uow.next_key(),
        by=context.actor.name,
        reason=command.reason,
        instance_key=command.scope_key,
        instructions=names,
    )
    return (event,)
