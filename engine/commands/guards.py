"""Checks a handler makes before it writes: ``require_*`` raises ``Rejected``."""

from __future__ import annotations

from engine.domain.actors import Actor
from engine.domain.permissions import BROAD, sees_unit
from engine.domain.records import JobRecord, TaskRecord, Visibility
from engine.errors import Conflict, Forbidden, InvalidInput, NotFound, PreconditionFailed
from engine.ports.store import LockedRoot, UnitOfWork

NOT_BY = "motcua:notBy"


def is_candidate(task: TaskRecord, actor: Actor) -> bool:
    """True when the task is offered to one of the actor's groups or to the actor."""
    return actor.name in task.candidate_users or not set(actor.groups).isdisjoint(
        task.candidate_groups
    )


def _sees_task(task: TaskRecord, actor: Actor) -> bool:
    if task.assignee == actor.name or is_candidate(task, actor):
        return True
    return sees_visible(actor, task.visibility)


def sees_visible(actor: Actor, visibility: Visibility) -> bool:
    """The SQL predicate ``visible_to`` in words of one row."""
    return (
        visibility.tenant_id == actor.tenant_id
        and not actor.roles.isdisjoint(BROAD)
        and sees_unit(actor, visibility.unit_id, visibility.sealed)
    )


def require_visible(actor: Actor, visibility: Visibility, what: str) -> None:
    """Rows of others do not exist for a stranger."""
    if not sees_visible(actor, visibility):
        raise NotFound(f"There is no such {what}.")


def require_task_visible(task: TaskRecord, actor: Actor) -> None:
    """A task is visible to its holder, its candidates and the broad roles of its unit."""
    if not _sees_task(task, actor):
        raise NotFound("There is no such user task.")


def require_open(task: TaskRecord) -> None:
    """The task has not been completed or canceled."""
    if task.state != "CREATED":
        raise Conflict(f"The user task is {task.state}, not CREATED.", code="task-not-open")


def require_may_complete(task: TaskRecord, actor: Actor) -> None:
    """Its assignee, any candidate while nobody holds it, or a supervisor of its unit."""
    if task.assignee == actor.name or actor.has("admin", "supervisor"):
        return
    if task.assignee is None and (
        is_candidate(task, actor) or (not task.candidate_groups and not task.candidate_users)
    ):
        return
    if task.assignee is not None:
        raise Forbidden("Somebody else holds the user task.", code="task-held-by-other")
    raise Forbidden("The user task is offered to other groups.", code="task-not-candidate")


def require_other_person(task: TaskRecord, actor: str, uow: UnitOfWork) -> None:
    """Four eyes: the header ``motcua:notBy`` names tasks whose person may not do this one too."""
    for element_id in (task.headers.get(NOT_BY) or "").split(","):
        if element_id.strip() and actor in uow.completed_by(task.instance_key, element_id.strip()):
            raise Forbidden(
                f"Whoever completed '{element_id.strip()}' may not do this task too.",
                code="task-same-person",
            )


def require_may_hand_out(task: TaskRecord, actor: Actor, assignee: str | None) -> None:
    """Candidates take a task for themselves; handing it to others needs a supervising role."""
    if actor.has("admin", "supervisor", "operator", "integrator"):
        return
    free = not task.candidate_groups and not task.candidate_users
    may_take = is_candidate(task, actor) or task.assignee == actor.name or free
    if assignee in {actor.name, None} and may_take:
        return
    raise Forbidden("The user task may not be given to somebody else.", code="task-not-candidate")


def require_revision(current: int, wanted: int | None) -> None:
    """``If-Match`` holds, when it was sent."""
    if wanted is not None and wanted != current:
        raise PreconditionFailed(
            f"The current revision is {current}, not {wanted}: read it again and repeat."
        )


def require_moving(root: LockedRoot) -> None:
    """The root is not suspended."""
    if root.suspended:
        raise Conflict(
            "The process instance is suspended: resume it first.", code="instance-suspended"
        )


def require_intervener(root: LockedRoot, actor: Actor) -> None:
    """A procedure's instance is changed by operators only."""
    if root.visibility.procedure_code is None or actor.has("operator", "admin", "system"):
        return
    raise Forbidden("Only operators change a procedure's instance.", code="role-missing")


def require_reason(root: LockedRoot, reason: str | None) -> None:
    """Who intervenes in a procedure's instance says why (design 14.7)."""
    if root.visibility.procedure_code is None or (reason or "").strip():
        return
    raise InvalidInput("Say why: a procedure is changed with a reason.", code="reason-missing")


def require_active(job: JobRecord, actor: Actor) -> None:
    """The job is leased or at least still open, and the worker's token names its type."""
    if actor.job_types is not None and job.type not in actor.job_types:
        raise NotFound("There is no such job.")
    if job.state in {"COMPLETED", "CANCELED", "ERROR_THROWN"}:
        raise NotFound(f"The job is {job.state} already.", code="job-closed")


def require_fence(job: JobRecord, fence: int | None) -> None:
    """A worker whose lease was given to another one comes too late."""
    if fence is not None and fence != job.fence:
        raise Conflict("The job was given to another worker meanwhile.", code="job-lease-lost")
