"""What operators do to running instances: suspend, resume, modify, migrate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.answers import done
from api.calls import key_of, run
from api.door import Door
from api.repairing import is_preview, mapping_of, modification, show_plan
from api.schemas.requests.repair import (
    PREVIEW,
    Migration,
    Modifying,
    PlanAnswer,
    Resumption,
    Suspension,
)
from engine.commands.migrate_instance import MigrateInstance
from engine.commands.modify_instance import ModifyInstance
from engine.commands.suspend_instance import ResumeInstance, SuspendInstance

door = Door("Repair", __name__, url_prefix="/v2/process-instances")


@door.operation(
    "POST",
    "/<instance_key>/suspension",
    body=Suspension,
    optional=True,
    answers={204: None},
    fails=(404, 409),
    sends=SuspendInstance,
)
def suspend_process_instance(instance_key: str, body: Mapping[str, Any]) -> Response:
    """Stop a root instance and all it called; extension: the called ones stop with their root."""
    key = key_of(instance_key, "processInstanceKey")
    return done(replayed=run(SuspendInstance(key=key, reason=body.get("reason"))).replayed)


@door.operation(
    "POST",
    "/<instance_key>/resumption",
    body=Resumption,
    optional=True,
    answers={204: None},
    fails=(404, 409),
    sends=ResumeInstance,
)
def resume_process_instance(instance_key: str, body: Mapping[str, Any]) -> Response:
    """Let a suspended instance move again: due timers and kept messages come first."""
    key = key_of(instance_key, "processInstanceKey")
    return done(replayed=run(ResumeInstance(key=key, reason=body.get("reason"))).replayed)


@door.operation(
    "POST",
    "/<instance_key>/modification",
    body=Modifying,
    answers={204: None, 200: PlanAnswer},
    fails=(404, 409),
    query=PREVIEW,
    sends=ModifyInstance,
)
def modify_process_instance(instance_key: str, body: Mapping[str, Any]) -> Response:
    """Begin, move and end elements, all or none; with preview=true only tell what would happen."""
    command = ModifyInstance(
        key=key_of(instance_key, "processInstanceKey"),
        changes=modification(body),
        reason=body.get("reason"),
        preview=is_preview(),
    )
    result = run(command)
    return show_plan(result) if command.preview else done(replayed=result.replayed)


@door.operation(
    "POST",
    "/<instance_key>/migration",
    body=Migration,
    answers={204: None, 200: PlanAnswer},
    fails=(404, 409),
    query=PREVIEW,
    sends=MigrateInstance,
)
def migrate_process_instance(instance_key: str, body: Mapping[str, Any]) -> Response:
    """Put an instance onto another definition; with preview=true only tell what would happen."""
    command = MigrateInstance(
        key=key_of(instance_key, "processInstanceKey"),
        target_key=key_of(body["targetProcessDefinitionKey"], "targetProcessDefinitionKey"),
        mapping=mapping_of(body.get("mappingInstructions", ())),
        same_ids=bool(body.get("sameIds")),
        reason=body.get("reason"),
        preview=is_preview(),
    )
    result = run(command)
    return show_plan(result) if command.preview else done(replayed=result.replayed)
