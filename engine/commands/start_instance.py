"""Start a process instance by definition key, or by process id and version.

Procedures start at the counter only (``ReceiveDossier``); a business id may be
asked to be unique among the running instances of the process.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.commands.context import Context, Result
from engine.domain.ids import DEFAULT_TENANT, InstanceRef, Key
from engine.domain.records import DefinitionRecord, Visibility
from engine.errors import Conflict, InvalidInput
from engine.ports.runtime import StartRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class StartInstance:
    """``version`` None or -1 means the latest one; ``key`` was reserved for it before."""

    definition_key: Key | None = None
    process_id: str | None = None
    version: int | None = None
    version_tag: str | None = None
    variables: Mapping[str, object] = field(default_factory=dict)
    business_id: str | None = None
    unique_business_id: bool = False
    tags: tuple[str, ...] = ()
    start_elements: tuple[str, ...] = ()
    start_event: str | None = None
    key: Key | None = None
    tenant_id: str = DEFAULT_TENANT


def start_instance(command: StartInstance, context: Context) -> Result:
    definition = _definition(command, context)
    # Timers and signals of our own may start parts of a procedure; people and programs may not.
    if definition.kind != "plain" and not context.actor.has("system"):
        raise Conflict("A procedure starts at the counter, with a dossier.", code="use-counter")
    if (
        command.unique_business_id
        and command.business_id
        and context.uow.has_business_id(
            definition.ref.process_id, command.business_id, command.tenant_id
        )
    ):
        raise Conflict("A running instance has this business id.", code="business-id-taken")

    key = command.key or context.uow.next_key()
    context.uow.roots.create(
        key,
        Visibility(
            tenant_id=definition.tenant_id,
            unit_id=context.actor.unit_id,
            procedure_code=definition.procedure_code,
        ),
    )
    process = context.begin(
        StartRequest(
            instance=InstanceRef(key=key, root_key=key, definition=definition.ref),
            variables=command.variables,
            start_event=command.start_event,
            start_elements=command.start_elements,
            business_id=command.business_id,
            tags=command.tags,
        )
    )

    step = context.save(key, process)
    return {
        "key": key,
        "definition_key": definition.ref.key,
        "process_id": definition.ref.process_id,
        "version": definition.ref.version,
        "version_tag": definition.ref.version_tag,
        "tenant_id": definition.tenant_id,
        "business_id": command.business_id,
        "tags": list(command.tags),
        "finished": step.finished,
    }


def _definition(command: StartInstance, context: Context) -> DefinitionRecord:
    definitions = context.uow.definitions
    if command.definition_key is not None:
        return definitions.by_key(command.definition_key)
    if command.process_id is None:
        raise InvalidInput("Name processDefinitionKey or processDefinitionId.")
    if command.version_tag is not None:
        return definitions.tagged(command.process_id, command.version_tag, command.tenant_id)
    if command.version is None or command.version == -1:
        return definitions.latest(command.process_id, command.tenant_id)
    return definitions.version(command.process_id, command.version, command.tenant_id)
