"""Begin, move and end elements of a running instance, or tell what that would do.

All instructions or none. With ``preview`` nothing is written: the answer holds
the plan. A suspended instance is changed at once and runs after it is resumed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.commands import guards
from engine.commands.context import Context, Result
from engine.commands.planning import told_plan
from engine.domain.events import InstanceModified
from engine.domain.ids import Key
from engine.errors import InvalidInput, NotFound
from engine.ports.repair import Modification, Termination


@dataclass(frozen=True, slots=True, kw_only=True)
class ModifyInstance:
    """``key`` is a root or called instance; procedures ask for a reason."""

    key: Key
    changes: Modification = field(default_factory=Modification)
    reason: str | None = None
    preview: bool = False


def modify_instance(command: ModifyInstance, context: Context) -> Result:
    root = context.uow.roots.lock_element(command.key)
    guards.require_visible(context.actor, root.visibility, "process instance")
    if root.state is None:
        raise NotFound("There is no such active process instance.", code="instance-ended")
    said = _said(command.changes)
    if not said:
        raise InvalidInput("There is nothing to do: name an instruction.", code="nothing-to-do")
    if not command.preview:
        guards.require_reason(root, command.reason)

    process = context.restore(root, may_wait=True)
    before = process.advance(0)
    process.modify(command.key, command.changes)
    if command.preview:
        return {"key": command.key, "plan": told_plan(root, process, context)}

    modified = InstanceModified(
        key=context.uow.next_key(),
        by=context.actor.name,
        reason=command.reason,
        instance_key=command.key,
        instructions=said,
    )
    context.uow.roots.save(root.key, before)
    context.save(root.key, process, modified)
    return {"key": command.key}


def _said(changes: Modification) -> tuple[str, ...]:
    return (
        *(f"activate {each.element_id}" for each in changes.activate),
        *(f"move {_source(each.source)} to {each.target_id}" for each in changes.move),
        *(f"terminate {_source(each)}" for each in changes.terminate),
    )


def _source(meant: Termination) -> str:
    return str(meant.element_key if meant.element_key is not None else meant.element_id)
