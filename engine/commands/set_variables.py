"""Write variables of a scope from outside; conditions are checked again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.commands import guards
from engine.commands.context import Context, Result
from engine.domain.ids import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class SetVariables:
    """``scope_key`` is an instance or element; ``local`` declares the names there."""

    scope_key: Key
    variables: Mapping[str, object]
    local: bool = False


def set_variables(command: SetVariables, context: Context) -> Result:
    root = context.uow.roots.lock_element(command.scope_key)
    guards.require_visible(context.actor, root.visibility, "element instance")

    process = context.restore(root, may_wait=True)
    process.set_variables(command.scope_key, command.variables, local=command.local)

    context.save(root.key, process)
    return {"key": command.scope_key}
