"""Internal: start what a signal starts, publish what a process threw; the job ends with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.commands.context import Context, Result
from engine.commands.publish_message import PublishMessage, publish_message
from engine.commands.start_instance import StartInstance, start_instance
from engine.domain.ids import DEFAULT_TENANT, Key
from engine.errors import Conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class StartFromSignal:
    job_key: Key
    definition_key: Key
    start_event: str
    variables: Mapping[str, object] = field(default_factory=dict)
    tenant_id: str = DEFAULT_TENANT
    key: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishThrown:
    """``ttl`` in seconds comes out of a JSON payload, so it may be a decimal."""

    job_key: Key
    name: str
    correlation_key: str = ""
    message_id: str | None = None
    ttl: float = 3600.0
    variables: Mapping[str, object] = field(default_factory=dict)
    tenant_id: str = DEFAULT_TENANT


def start_from_signal(command: StartFromSignal, context: Context) -> Result:
    context.uow.jobs.finish_internal(command.job_key)
    return start_instance(
        StartInstance(
            definition_key=command.definition_key,
            start_event=command.start_event,
            variables=command.variables,
            tenant_id=command.tenant_id,
            key=command.key,
        ),
        context,
    )


def publish_thrown(command: PublishThrown, context: Context) -> Result:
    context.uow.jobs.finish_internal(command.job_key)
    publish = PublishMessage(
        name=command.name,
        correlation_key=command.correlation_key,
        message_id=command.message_id,
        ttl=float(command.ttl),
        variables=command.variables,
        tenant_id=command.tenant_id,
    )
    try:
        return publish_message(publish, context)
    except Conflict:
        # The same message id was thrown before: said once is enough.
        return {"key": None}
