"""Process instances, root and called."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.columns import Column, Table
from api.schemas.fields import Items, Text, Whole
from api.schemas.search import VariableFilter, item_schema, page_schema, search_schema

STATES = ("ACTIVE", "COMPLETED", "SUSPENDED", "TERMINATED")
ELEMENT_STATES = ("ACTIVE", "COMPLETED", "TERMINATED")

PROCESS_INSTANCE = Table(
    noun="process_instance",
    name="ProcessInstance",
    columns=(
        Column(wire="processInstanceKey", row="key", kind="key"),
        Column(wire="processDefinitionId", row="process_id"),
        Column(wire="processDefinitionKey", row="definition_key", kind="key"),
        Column(wire="processDefinitionName", row="process_name", nullable=True),
        Column(wire="processDefinitionVersion", row="process_version", kind="whole"),
        Column(wire="processDefinitionVersionTag", row="version_tag", nullable=True),
        Column(wire="startDate", row="started_at", kind="instant"),
        Column(wire="endDate", row="ended_at", kind="instant", nullable=True),
        Column(wire="state", row="state", kind="choice", values=STATES),
        Column(wire="suspendedDate", row="suspended_at", kind="instant", nullable=True),
        Column(wire="hasIncident", row="has_incident", kind="flag", empty=False),
        Column(wire="tenantId", row="tenant_id"),
        Column(wire="parentProcessInstanceKey", row="parent_key", kind="key", nullable=True),
        Column(
            wire="parentElementInstanceKey", row="parent_element_key", kind="key", nullable=True
        ),
        Column(
            wire="rootProcessInstanceKey", row="root_key", kind="key", nullable=True, sorted=False
        ),
        Column(wire="businessId", row="business_id", nullable=True),
        Column(wire="tags", row="tags", kind="texts", sorted=False, empty=[]),
        Column(wire="elementId", row="element_id", shown=False, sorted=False),
        Column(
            wire="elementInstanceState",
            row="element_state",
            kind="choice",
            values=ELEMENT_STATES,
            shown=False,
            sorted=False,
        ),
        Column(wire="errorMessage", row="error_message", shown=False, sorted=False),
    ),
)

ProcessInstance = item_schema(
    PROCESS_INSTANCE,
    {
        "revision": Whole(doc="Extension: what ETag and If-Match compare.", most=2**63 - 1),
        "dossierCode": Text(nullable=True, doc="Extension: the dossier it carries."),
    },
)
ProcessInstancePage = page_schema("ProcessInstance", ProcessInstance)
ProcessInstanceSearch = search_schema(
    PROCESS_INSTANCE, filters={"variables": Items(fields.Nested(VariableFilter), most=20)}
)
