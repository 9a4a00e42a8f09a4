"""Legal hold, and the erasure of what persons gave."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.answers import done
from api.calls import key_of, run
from api.door import Door
from api.schemas.requests.repair import REASON
from api.schemas.search import request
from engine.commands.keep_history import EraseInstance, HoldInstance, ReleaseInstance

door = Door("Keeping and erasing", __name__, url_prefix="/api/process-instances")

Hold = request("LegalHold", {"reason": REASON})


@door.operation(
    "POST",
    "/<instance_key>/hold",
    body=Hold,
    optional=True,
    answers={204: None},
    fails=(404, 409),
    sends=HoldInstance,
)
def hold_process_instance(instance_key: str, body: Mapping[str, Any]) -> Response:
    """Keep the root of this instance from removal and erasure."""
    key = key_of(instance_key, "processInstanceKey")
    return done(replayed=run(HoldInstance(key=key, reason=body.get("reason"))).replayed)


@door.operation(
    "POST",
    "/<instance_key>/release",
    body=Hold,
    optional=True,
    answers={204: None},
    fails=(404, 409),
    sends=ReleaseInstance,
)
def release_process_instance(instance_key: str, body: Mapping[str, Any]) -> Response:
    """End the legal hold."""
    key = key_of(instance_key, "processInstanceKey")
    return done(replayed=run(ReleaseInstance(key=key, reason=body.get("reason"))).replayed)


@door.operation(
    "POST",
    "/<instance_key>/erasure",
    answers={204: None},
    fails=(404, 409),
    sends=EraseInstance,
)
def erase_process_instance(instance_key: str) -> Response:
    """Erase what persons gave to an ended root; its chain of events stays."""
    return done(
        replayed=run(EraseInstance(key=key_of(instance_key, "processInstanceKey"))).replayed
    )
