"""The process under a dossier: begins with acceptance, under the dossier's own key."""

from __future__ import annotations

from collections.abc import Mapping

from engine.commands.context import Context
from engine.domain.actors import Actor
from engine.domain.events import DossierAccepted
from engine.domain.ids import InstanceRef, Key
from engine.domain.records import DefinitionRecord
from engine.errors import Forbidden
from engine.ports.runtime import StartRequest, Step

_EVERY_COUNTER = ("admin", "system", "integrator")


def require_at_counter(actor: Actor, receiving_unit: str) -> None:
    """Whoever receives stands at that counter: a member of its reception, or above it."""
    below = receiving_unit.startswith(actor.unit_id)
    receives = any(group.startswith("reception@") for group in actor.groups)
    if below and (actor.has(*_EVERY_COUNTER, "supervisor") or receives):
        return
    raise Forbidden("You do not receive dossiers at this point.", code="not-your-counter")


def begin_process(
    context: Context,
    key: Key,
    definition: DefinitionRecord,
    code: str,
    variables: Mapping[str, object],
    accepted: DossierAccepted,
) -> Step:
    """Start the process under the dossier's key; its business id is the code."""
    process = context.begin(
        StartRequest(
            instance=InstanceRef(key=key, root_key=key, definition=definition.ref),
            variables=variables,
            business_id=code,
        )
    )
    return context.save(key, process, accepted)
