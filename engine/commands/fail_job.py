"""A worker could not do a job: it is tried again later, or becomes an incident."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from engine.commands import guards
from engine.commands.context import Context, Result
from engine.domain.events import JobFailed
from engine.domain.ids import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class FailJob:
    """``back_off`` in seconds; ``retries`` 0 raises an incident."""

    key: Key
    retries: int = 0
    message: str = ""
    back_off: float = 0.0
    variables: Mapping[str, object] = field(default_factory=dict)
    fence: int | None = None


def fail_job(command: FailJob, context: Context) -> Result:
    job, root = context.uow.roots.lock_job(command.key)
    guards.require_active(job, context.actor)
    guards.require_visible(context.actor, job.visibility, "job")
    guards.require_fence(job, command.fence)
    guards.require_moving(root)

    retry_at = context.uow.real_now + timedelta(seconds=command.back_off)
    failed = JobFailed(
        key=job.key, retries=command.retries, retry_at=retry_at, message=command.message
    )
    if command.retries > 0 and not command.variables:
        context.uow.record(root.key, failed)
        return {"key": job.key}
    process = context.restore(root)
    if command.variables:
        process.set_variables(job.element_key, command.variables, local=True)
    if command.retries <= 0:
        reason = command.message or "The job has no retries left."
        process.raise_incident(job.element_key, "JOB_NO_RETRIES", reason, job.key)
    context.save(root.key, process, failed)
    return {"key": job.key}
