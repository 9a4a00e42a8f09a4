"""Versions of deployed processes."""

from __future__ import annotations

from api.schemas.columns import Column, Table
from api.schemas.search import item_schema, page_schema, search_schema

PROCESS_DEFINITION = Table(
    noun="process_definition",
    name="ProcessDefinition",
    columns=(
        Column(wire="processDefinitionKey", row="key", kind="key"),
        Column(wire="processDefinitionId", row="process_id"),
        Column(wire="name", row="name", nullable=True),
        Column(wire="resourceName", row="resource_name"),
        Column(wire="version", row="version", kind="whole"),
        Column(wire="versionTag", row="version_tag", nullable=True),
        Column(wire="tenantId", row="tenant_id"),
        Column(wire="hasStartForm", row="has_start_form", kind="flag", empty=False, sorted=False),
        Column(
            wire="state",
            row="state",
            kind="choice",
            values=("ACTIVE", "DRAINING", "DELETED"),
            empty="ACTIVE",
            found=False,
            sorted=False,
        ),
        Column(wire="isLatestVersion", row="latest", kind="flag", shown=False, sorted=False),
    ),
)

ProcessDefinition = item_schema(PROCESS_DEFINITION)
ProcessDefinitionPage = page_schema("ProcessDefinition", ProcessDefinition)
ProcessDefinitionSearch = search_schema(PROCESS_DEFINITION)
