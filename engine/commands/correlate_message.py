"""Correlate a message at once with exactly one receiver; nothing is kept for later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.commands.context import Context, Result
from engine.commands.gather_start import message_came
from engine.domain.events import MessagePublished
from engine.domain.ids import DEFAULT_TENANT, Key
from engine.domain.start_sets import Arrival
from engine.errors import InvalidInput, NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrelateMessage:
    """Answers with the instance that took the message (or will begin with it), or ``NotFound``."""

    name: str
    correlation_key: str = ""
    variables: Mapping[str, object] = field(default_factory=dict)
    tenant_id: str = DEFAULT_TENANT


def correlate_message(command: CorrelateMessage, context: Context) -> Result:
    if not command.name:
        raise InvalidInput("The message name is empty.", code="message-name-empty")
    key = context.uow.next_key()
    instance_key = _wake_first(command, context) or _start_first(command, context)
    if instance_key is None:
        raise NotFound("Nobody waits for this message and key.", code="no-receiver")
    context.uow.record(None, MessagePublished(key=key, name=command.name))
    return {"key": key, "instance_key": instance_key, "tenant_id": command.tenant_id}


def _wake_first(command: CorrelateMessage, context: Context) -> Key | None:
    waits = context.uow.waits.message_receivers(
        command.name, command.correlation_key, command.tenant_id, 10
    )
    for wait in waits:
        root = context.uow.roots.lock(wait.root_key)
        # Another transaction may have closed it while we waited for the root.
        if not root.suspended and context.uow.waits.is_open(wait.element_key, wait.index):
            process = context.restore(root)
            process.trigger(wait.element_key, wait.index, command.variables)
            context.save(root.key, process)
            return wait.instance_key
    return None


def _start_first(command: CorrelateMessage, context: Context) -> Key | None:
    arrival = Arrival(
        kind="message",
        name=command.name,
        correlation_key=command.correlation_key,
        variables=command.variables,
    )
    for start in context.uow.waits.message_starts(command.name, command.tenant_id):
        key = message_came(start, arrival, context)
        if key is not None:
            return key
    return None
