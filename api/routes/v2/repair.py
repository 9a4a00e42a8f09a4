"""What operators do to running instances: suspend and resume."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.answers import done
from api.calls import key_of, run
from api.door import Door
from api.schemas.requests.repair import Resumption, Suspension
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
