"""A worker reports a BPMN error: the innermost matching catcher takes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.commands import guards
from engine.commands.context import Context, Result
from engine.domain.events import JobErrorThrown
from engine.domain.ids import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class ThrowJobError:
    """Without a catcher the error becomes an incident on the job's element."""

    key: Key
    error_code: str
    message: str = ""
    variables: Mapping[str, object] = field(default_factory=dict)
    fence: int | None = None


def throw_job_error(command: ThrowJobError, context: Context) -> Result:
    job, root = context.uow.roots.lock_job(command.key)
    guards.require_active(job, context.actor)
    guards.require_visible(context.actor, job.visibility, "job")
    guards.require_fence(job, command.fence)

    process = context.restore(root)
    process.throw_error(job.element_key, command.error_code, command.message, command.variables)

    thrown = JobErrorThrown(key=job.key, error_code=command.error_code, message=command.message)
    context.save(root.key, process, thrown)
    return {"key": job.key}
