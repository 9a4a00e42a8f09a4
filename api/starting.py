"""A creation body becomes StartInstance; what cannot be meant is refused with its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.calls import MAX_KEY, actor
from engine.commands.start_instance import StartInstance
from engine.domain.ids import DEFAULT_TENANT
from engine.errors import Fault, InvalidInput, NotSupported


def tenant_of(body: Mapping[str, Any]) -> str:
    """The tenant of a body: the caller's own; another one is refused."""
    own = actor().tenant_id
    asked = body.get("tenantId", own)
    if asked not in {own, DEFAULT_TENANT}:
        sentence = "An installation has one tenant; leave this out."
        fault = Fault(pointer="/tenantId", code="tenant", sentence=sentence)
        raise InvalidInput("The tenant is not yours.", [fault])
    return own


def start_command(body: Mapping[str, Any]) -> StartInstance:
    """The command a body means."""
    _require_definition(body)
    if body.get("runtimeInstructions"):
        raise NotSupported("Runtime instructions are not supported.")
    key = body.get("processDefinitionKey")
    version = body.get("processDefinitionVersion")
    return StartInstance(
        definition_key=min(int(key), MAX_KEY) if key else None,
        process_id=body.get("processDefinitionId"),
        version=int(version) if version is not None else None,
        version_tag=body.get("processDefinitionVersionTag"),
        variables=body.get("variables", {}),
        business_id=body.get("businessId"),
        unique_business_id=body.get("uniqueBusinessId", False),
        tags=tuple(body.get("tags", ())),
        start_elements=tuple(item["elementId"] for item in body.get("startInstructions", ())),
        tenant_id=tenant_of(body),
    )


def _require_definition(body: Mapping[str, Any]) -> None:
    named = [name for name in ("processDefinitionKey", "processDefinitionId") if name in body]
    if len(named) != 1:
        sentence = "Name either processDefinitionKey or processDefinitionId."
        fault = Fault(pointer="", code="definition", sentence=sentence)
        raise InvalidInput("It is not clear which process is meant.", [fault])
    if "processDefinitionVersionTag" in body and "processDefinitionVersion" in body:
        sentence = "Name a version or a version tag, not both."
        fault = Fault(pointer="/processDefinitionVersionTag", code="definition", sentence=sentence)
        raise InvalidInput("It is not clear which process is meant.", [fault])
