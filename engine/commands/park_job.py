"""Internal: give a leased job back without a result; a later command completes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands import guards
from engine.commands.context import Context, Result
from engine.domain.ids import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkJob:
    """``until`` None: nobody gets the job again by itself."""

    key: Key
    until: datetime | None = None
    fence: int | None = None


def park_job(command: ParkJob, context: Context) -> Result:
    job, _ = context.uow.roots.lock_job(command.key)
    guards.require_active(job, context.actor)
    guards.require_fence(job, command.fence)

    context.uow.leases.park(job.key, command.until)
    return {"key": job.key}
