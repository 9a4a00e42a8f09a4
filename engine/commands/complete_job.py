"""A worker has done a job: its variables go into the process, which moves on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.commands import guards
from engine.commands.context import Context, Result
from engine.domain.events import JobCompleted
from engine.domain.ids import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteJob:
    """``fence`` is the lease's number from the activation; without it any worker may finish."""

    key: Key
    variables: Mapping[str, object] = field(default_factory=dict)
    fence: int | None = None


def complete_job(command: CompleteJob, context: Context) -> Result:
    job, root = context.uow.roots.lock_job(command.key)
    guards.require_active(job, context.actor)
    guards.require_visible(context.actor, job.visibility, "job")
    guards.require_fence(job, command.fence)

    process = context.restore(root)
    process.submit(job.element_key, command.variables)

    context.save(root.key, process, JobCompleted(key=job.key))
    return {"key": job.key}
