"""Put a running instance onto another definition, or tell what that would do.

Every active element needs its place in the plan; timers keep their due times,
tasks their holders. With ``preview`` nothing is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.commands import guards
from engine.commands.context import Context, Result
from engine.commands.planning import told_plan
from engine.domain.events import InstanceMigrated
from engine.domain.ids import Key
from engine.domain.records import DefinitionRecord
from engine.errors import Conflict, InvalidInput, NotFound
from engine.ports.store import LockedRoot


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrateInstance:
    """``mapping``: element id -> id in the target. ``same_ids``: others keep their own id."""

    key: Key
    target_key: Key
    mapping: Mapping[str, str] = field(default_factory=dict)
    same_ids: bool = False
    reason: str | None = None
    preview: bool = False


def migrate_instance(command: MigrateInstance, context: Context) -> Result:
    root = context.uow.roots.lock_element(command.key)
    guards.require_visible(context.actor, root.visibility, "process instance")
    if root.state is None:
        raise NotFound("There is no such active process instance.", code="instance-ended")
    if not command.mapping and not command.same_ids:
        raise InvalidInput("The plan maps nothing.", code="nothing-to-do")
    target = context.uow.definitions.by_key(command.target_key)
    _require_target(target, root, command.key)
    if not command.preview:
        guards.require_reason(root, command.reason)

    process = context.restore(root, may_wait=True)
    before = process.advance(0)
    process.migrate(command.key, target.ref, command.mapping, same_ids=command.same_ids)
    if command.preview:
        return {"key": command.key, "plan": told_plan(root, process, context)}

    migrated = InstanceMigrated(
        key=context.uow.next_key(),
        by=context.actor.name,
        reason=command.reason,
        instance_key=command.key,
        definition_key=target.ref.key,
        process_id=target.ref.process_id,
    )
    context.uow.roots.save(root.key, before)
    if command.key == root.key:
        context.uow.roots.migrate(root.key, target.ref.key)
    context.save(root.key, process, migrated)
    return {"key": command.key}


def _require_target(target: DefinitionRecord, root: LockedRoot, key: Key) -> None:
    if target.tenant_id != root.visibility.tenant_id:
        raise NotFound(f"There is no process definition with key {target.ref.key}.")
    if key == root.key and target.procedure_code != root.visibility.procedure_code:
        raise Conflict(
            "The target belongs to another procedure: its rules are not this dossier's.",
            code="other-procedure",
        )
