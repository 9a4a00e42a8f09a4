"""The cause is mended: repeat the phase that failed, or open the job again."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands import guards
from engine.commands.context import Context, Result
from engine.domain.ids import Key
from engine.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveIncident:
    """Only the token that failed is retried; other branches are not touched."""

    key: Key


def resolve_incident(command: ResolveIncident, context: Context) -> Result:
    incident, root = context.uow.roots.lock_incident(command.key)
    guards.require_visible(context.actor, incident.visibility, "incident")
    if incident.state != "ACTIVE":
        raise NotFound("The incident is resolved already.", code="incident-resolved")

    process = context.restore(root, may_wait=True)
    process.retry(incident.element_key)

    context.save(root.key, process)
    return {"key": incident.key}
