"""Deployed files that define a process; their key is the definition's."""

from __future__ import annotations

from api.schemas.columns import Column, Table
from api.schemas.search import item_schema, page_schema, search_schema

RESOURCE = Table(
    noun="process_definition",
    name="Resource",
    columns=(
        Column(wire="resourceKey", row="key", kind="key"),
        Column(wire="resourceName", row="resource_name"),
        Column(wire="resourceId", row="process_id"),
        Column(wire="version", row="version", kind="whole"),
        Column(wire="versionTag", row="version_tag", nullable=True),
        Column(wire="deploymentKey", row="deployment_key", kind="key", shown=False),
        Column(wire="tenantId", row="tenant_id"),
    ),
)

Resource = item_schema(RESOURCE)
ResourcePage = page_schema("Resource", Resource)
ResourceSearch = search_schema(RESOURCE)
