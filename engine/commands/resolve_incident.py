"""The cause is mended: repeat the phase that failed, or open the job again."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands import guards
from engine.commands.context import Context, Result
from engine.domain.events import JobUpdated
from engine.domain.ids import Key
from engine.errors import InvalidInput, NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveIncident:
    """Only the token that failed is retried; other branches are not touched."""

    key: Key
    retries: int | None = None
    """Tries the incident's job gets; one without a job takes no notice."""


def resolve_incident(command: ResolveIncident, context: Context) -> Result:
    incident, root = context.uow.roots.lock_incident(command.key)
    guards.require_visible(context.actor, incident.visibility, "incident")
    if incident.state != "ACTIVE":
        raise NotFound("The incident is resolved already.", code="incident-resolved")

    if command.retries is not None and command.retries < 1:
        raise InvalidInput("Retries must be at least 1.", code="retries-too-few")

    process = context.restore(root, may_wait=True)
    process.retry(incident.element_key)

    updated: tuple[JobUpdated, ...] = ()
    if incident.job_key is not None and command.retries is not None:
        updated = (JobUpdated(key=incident.job_key, retries=command.retries),)
    context.save(root.key, process, *updated)
    return {"key": incident.key}
