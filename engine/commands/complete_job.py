"""A worker has done a job: its variables go into the process, which moves on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.commands import guards
from engine.commands.context import Context, Result
from engine.domain.events import JobCompleted
from engine.domain.ids import Key
from engine.errors import NotSupported


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteJob:
    """``fence`` is the lease's number from the activation; without it any worker may finish.

    ``corrections`` is what a ``creating`` task listener changes of the task, named as in ``/v2``.
    """

    key: Key
    variables: Mapping[str, object] = field(default_factory=dict)
    fence: int | None = None
    corrections: Mapping[str, object] = field(default_factory=dict)


def complete_job(command: CompleteJob, context: Context) -> Result:
    job, root = context.uow.roots.lock_job(command.key)
    guards.require_active(job, context.actor)
    guards.require_visible(context.actor, job.visibility, "job")
    guards.require_fence(job, command.fence)

    process = context.restore(root)
    if command.corrections:
        if job.listener_event != "CREATING":
            raise NotSupported(
                "Only a 'creating' task listener may correct the task.",
                code="listener-correction-not-supported",
            )
        process.correct(job.element_key, command.corrections)
    process.submit(job.element_key, command.variables)

    context.save(root.key, process, JobCompleted(key=job.key))
    return {"key": job.key}
