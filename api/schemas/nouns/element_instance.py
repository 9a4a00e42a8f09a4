"""Elements a process instance entered."""

from __future__ import annotations

from api.schemas.columns import Column, Table
from api.schemas.search import item_schema, page_schema, search_schema

TYPES = (
    "UNSPECIFIED",
    "PROCESS",
    "SUB_PROCESS",
    "EVENT_SUB_PROCESS",
    "AD_HOC_SUB_PROCESS",
    "AD_HOC_SUB_PROCESS_INNER_INSTANCE",
    "START_EVENT",
    "INTERMEDIATE_CATCH_EVENT",
    "INTERMEDIATE_THROW_EVENT",
    "BOUNDARY_EVENT",
    "END_EVENT",
    "SERVICE_TASK",
    "RECEIVE_TASK",
    "USER_TASK",
    "MANUAL_TASK",
    "TASK",
    "EXCLUSIVE_GATEWAY",
    "INCLUSIVE_GATEWAY",
    "PARALLEL_GATEWAY",
    "EVENT_BASED_GATEWAY",
    "SEQUENCE_FLOW",
    "MULTI_INSTANCE_BODY",
    "CALL_ACTIVITY",
    "BUSINESS_RULE_TASK",
    "SCRIPT_TASK",
    "SEND_TASK",
    "UNKNOWN",
)

ELEMENT_INSTANCE = Table(
    noun="element_instance",
    name="ElementInstance",
    columns=(
        Column(wire="elementInstanceKey", row="key", kind="key"),
        Column(wire="elementId", row="element_id"),
        Column(wire="elementName", row="name", instead="element_id"),
        Column(wire="type", row="element_type", kind="choice", values=TYPES),
        Column(
            wire="state",
            row="state",
            kind="choice",
            values=("ACTIVE", "COMPLETED", "TERMINATED"),
        ),
        Column(wire="startDate", row="started_at", kind="instant"),
        Column(wire="endDate", row="ended_at", kind="instant", nullable=True),
        Column(wire="hasIncident", row="has_incident", kind="flag", empty=False, sorted=False),
        Column(wire="incidentKey", row="incident_key", kind="key", nullable=True),
        Column(wire="processInstanceKey", row="instance_key", kind="key"),
        Column(
            wire="rootProcessInstanceKey",
            row="root_key",
            kind="key",
            nullable=True,
            found=False,
            sorted=False,
        ),
        Column(wire="processDefinitionId", row="process_id", nullable=True),
        Column(wire="processDefinitionKey", row="definition_key", kind="key", nullable=True),
        Column(wire="tenantId", row="tenant_id"),
        Column(
            wire="elementInstanceScopeKey",
            row="scope_key",
            kind="key",
            shown=False,
            sorted=False,
        ),
    ),
)

ElementInstance = item_schema(ELEMENT_INSTANCE)
ElementInstancePage = page_schema("ElementInstance", ElementInstance)
ElementInstanceSearch = search_schema(ELEMENT_INSTANCE)
