"""Broadcast a signal: every waiting element and every signal start hears it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.commands.context import Context, Result
from engine.commands.gather_start import event_came
from engine.domain.events import SignalBroadcast
from engine.domain.ids import DEFAULT_TENANT, Key
from engine.domain.start_sets import Arrival
from engine.errors import InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastSignal:
    """``except_root`` has heard it already: it threw the signal itself.

    ``job_key`` names the internal job that is done with this command.
    """

    name: str
    variables: Mapping[str, object] = field(default_factory=dict)
    tenant_id: str = DEFAULT_TENANT
    except_root: Key | None = None
    job_key: Key | None = None


def broadcast_signal(command: BroadcastSignal, context: Context) -> Result:
    if not command.name:
        raise InvalidInput("The signal name is empty.", code="signal-name-empty")

    key = context.uow.next_key()
    waits = context.uow.waits.signal_receivers(command.name, command.tenant_id)
    roots = dict.fromkeys(wait.root_key for wait in waits if wait.root_key != command.except_root)
    variables = dict(command.variables)
    for root_key in roots:
        payload = {"root_key": root_key, "name": command.name, "variables": variables}
        context.uow.jobs.add_internal("deliver-signal", payload)
    arrival = Arrival(kind="signal", name=command.name, variables=variables)
    for start in context.uow.waits.signal_starts(command.name, command.tenant_id):
        if start.needs:
            event_came(start, arrival, context)
            continue
        payload = {
            "definition_key": start.definition.key,
            "start_event": start.element_id,
            "variables": variables,
            "tenant_id": command.tenant_id,
        }
        context.uow.jobs.add_internal("start-instance", payload)
    if command.job_key is not None:
        context.uow.jobs.finish_internal(command.job_key)
    context.uow.record(None, SignalBroadcast(key=key, name=command.name))
    return {"key": key, "tenant_id": command.tenant_id}
