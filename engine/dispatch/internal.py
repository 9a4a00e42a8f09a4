"""Jobs dispatch runs itself, each a command of its own: what one root sends to another, and a
model's jobs whose handler runs inside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.commands.broadcast_signal import BroadcastSignal
from engine.commands.deliver_message import DeliverMessage
from engine.commands.deliver_signal import DeliverSignal
from engine.commands.reconcile_portal import MarkPortalDifference
from engine.commands.run_inside_job import RunInsideJob
from engine.commands.run_outgoing import PublishThrown, StartFromSignal
from engine.domain.records import JobRecord

# Payloads are written by our own commands and the store, never by a caller.
_COMMANDS: Mapping[str, Callable[..., object]] = {
    "deliver-message": DeliverMessage,
    "deliver-signal": DeliverSignal,
    "start-instance": StartFromSignal,
    "publish-message": PublishThrown,
    "broadcast-signal": BroadcastSignal,
    "portal-differs": MarkPortalDifference,
}


def command_of(job: JobRecord) -> object:
    """The command a job stands for; ``KeyError`` for an internal type of another release."""
    if job.kind != "INTERNAL":
        return RunInsideJob(job_key=job.key, fence=job.fence)
    payload: dict[str, Any] = dict(job.payload)
    return _COMMANDS[job.type](job_key=job.key, **payload)
