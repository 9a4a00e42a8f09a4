"""Lease open jobs of one type to a worker; FIFO within priority."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import Context, Result
from engine.domain.jobs.types import BUILT_IN
from engine.errors import Forbidden, InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivateJobs:
    """``timeout`` is the lease in seconds; ``fetch`` None means all variables."""

    type: str
    worker: str = "default"
    timeout: float = 60.0
    limit: int = 1
    fetch: tuple[str, ...] | None = None


def activate_jobs(command: ActivateJobs, context: Context) -> Result:
    if not command.type:
        raise InvalidInput("The job type is empty.", code="job-type-empty")
    types = context.actor.job_types
    if types is not None and command.type not in types:
        raise Forbidden("The token does not name this job type.", code="job-type-not-granted")
    if command.type in BUILT_IN:
        raise Forbidden("This job type is served by the engine itself.", code="job-type-built-in")

    jobs = context.uow.jobs.activate(
        context.actor, command.type, command.worker, command.timeout, command.limit
    )
    values = context.uow.jobs.variables(jobs, command.fetch) if jobs else {}

    return {
        "jobs": [
            {
                "key": job.key,
                "type": job.type,
                "process_id": job.definition.process_id,
                "version": job.definition.version,
                "definition_key": job.definition.key,
                "element_id": job.element_id,
                "instance_key": job.instance_key,
                "root_key": job.root_key,
                "element_key": job.element_key,
                "custom_headers": dict(job.headers),
                "worker": job.worker,
                "retries": job.retries,
                "lease_until": job.lease_until,
                "fence": job.fence,
                "variables": dict(values.get(job.key, {})),
                "tenant_id": job.visibility.tenant_id,
                "kind": job.kind,
                "priority": job.priority,
                "business_id": job.business_id,
                "tags": list(job.tags),
                "listener_event": job.listener_event,
            }
            for job in jobs
        ]
    }
