"""Set a job's retries again, or move its lease."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from engine.commands import guards
from engine.commands.context import Context, Result
from engine.domain.events import JobUpdated
from engine.domain.ids import Key
from engine.errors import InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateJob:
    """``timeout`` in seconds from now; a worker's heartbeat is this command."""

    key: Key
    retries: int | None = None
    timeout: float | None = None
    fence: int | None = None


def update_job(command: UpdateJob, context: Context) -> Result:
    job, root = context.uow.roots.lock_job(command.key)
    guards.require_active(job, context.actor)
    guards.require_visible(context.actor, job.visibility, "job")
    guards.require_fence(job, command.fence)
    if command.retries is not None and command.retries < 1:
        raise InvalidInput("Retries must be at least 1.", code="retries-too-few")

    lease = None
    if command.timeout is not None:
        lease = context.uow.real_now + timedelta(seconds=command.timeout)
    context.uow.record(
        root.key, JobUpdated(key=job.key, retries=command.retries, lease_until=lease)
    )
    return {"key": job.key}
