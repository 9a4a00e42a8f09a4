"""Publish a message: it reaches who waits now, or waits for a receiver until its TTL ends.

With a message id the same message is kept once per name and correlation key,
so a sender may repeat itself without waking anybody twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from engine.commands.context import Context, Result
from engine.domain.events import MessagePublished
from engine.domain.ids import DEFAULT_TENANT
from engine.errors import Conflict, InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishMessage:
    """``ttl`` in seconds; 0 = only who waits now."""

    name: str
    correlation_key: str = ""
    message_id: str | None = None
    ttl: float = 0.0
    variables: Mapping[str, object] = field(default_factory=dict)
    tenant_id: str = DEFAULT_TENANT


def publish_message(command: PublishMessage, context: Context) -> Result:
    if not command.name:
        raise InvalidInput("The message name is empty.", code="message-name-empty")

    key = context.uow.next_key()
    is_new = context.uow.waits.keep_message(
        key,
        command.name,
        command.correlation_key,
        command.message_id,
        context.uow.now + timedelta(seconds=command.ttl),
        command.variables,
        command.tenant_id,
    )
    if not is_new:
        raise Conflict("A message with this id was published already.", code="message-known")
    # Receivers stand under other roots: one root per transaction, so a job each.
    context.uow.jobs.add_internal("deliver-message", {"message_key": key})
    context.uow.record(None, MessagePublished(key=key, name=command.name))
    return {"key": key, "tenant_id": command.tenant_id}
