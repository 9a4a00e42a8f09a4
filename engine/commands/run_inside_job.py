"""Internal: run a built-in job whose handler changes our own rows, in this transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from engine.commands import guards
from engine.commands.context import Context, Result
from engine.commands.inside import HANDLERS
from engine.domain.events import Event, JobCompleted, JobErrorThrown, JobFailed
from engine.domain.ids import Key
from engine.domain.jobs import backoff
from engine.domain.jobs.outcomes import Completed, Failed, Parked, Thrown, Work
from engine.domain.records import JobRecord
from engine.ports.runtime import Process


@dataclass(frozen=True, slots=True, kw_only=True)
class RunInsideJob:
    """``fence`` is the number of the lease under which dispatch runs the job."""

    job_key: Key
    fence: int


def run_inside_job(command: RunInsideJob, context: Context) -> Result:
    job, root = context.uow.roots.lock_job(command.job_key)
    guards.require_active(job, context.actor)
    guards.require_fence(job, command.fence)
    process = context.restore(root)

    values: Mapping[str, object] = context.uow.jobs.variables([job], None)[job.key]
    work = Work(job=job, variables=values, now=context.uow.now)
    outcome = HANDLERS[job.type](work, context)
    if isinstance(outcome, Thrown) and job.kind != "BPMN_ELEMENT":
        outcome = Failed(message="A listener cannot throw a BPMN error.", again=False)

    if isinstance(outcome, Parked):
        context.uow.leases.park(job.key, outcome.until)
        context.save(root.key, process)
    elif isinstance(outcome, Completed):
        process.submit(job.element_key, outcome.variables)
        context.save(root.key, process, JobCompleted(key=job.key))
    elif isinstance(outcome, Thrown):
        process.throw_error(job.element_key, outcome.code, outcome.message, outcome.variables)
        thrown = JobErrorThrown(key=job.key, error_code=outcome.code, message=outcome.message)
        context.save(root.key, process, thrown)
    else:
        context.save(root.key, process, _failed(outcome, job, process, context))
    return {"key": job.key}


def _failed(outcome: Failed, job: JobRecord, process: Process, context: Context) -> Event:
    retries = max(job.retries - 1, 0) if outcome.again else 0
    wait = backoff.pause(job.fence, job.headers) if outcome.back_off is None else outcome.back_off
    if outcome.variables:
        process.set_variables(job.element_key, outcome.variables, local=True)
    if retries == 0:
        process.raise_incident(job.element_key, "JOB_NO_RETRIES", outcome.message, job.key)
    return JobFailed(
        key=job.key,
        retries=retries,
        retry_at=context.uow.real_now + timedelta(seconds=wait),
        message=outcome.message,
    )
