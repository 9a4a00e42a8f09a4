"""Incidents: what went wrong, where, and whether it is mended."""

from __future__ import annotations

from api.schemas.columns import Column, Table
from api.schemas.search import item_schema, page_schema, search_schema

ERROR_TYPES = (
    "UNSPECIFIED",
    "UNKNOWN",
    "IO_MAPPING_ERROR",
    "JOB_NO_RETRIES",
    "EXECUTION_LISTENER_NO_RETRIES",
    "TASK_LISTENER_NO_RETRIES",
    "AD_HOC_SUB_PROCESS_NO_RETRIES",
    "CONDITION_ERROR",
    "EXTRACT_VALUE_ERROR",
    "CALLED_ELEMENT_ERROR",
    "UNHANDLED_ERROR_EVENT",
    "MESSAGE_SIZE_EXCEEDED",
    "CALLED_DECISION_ERROR",
    "DECISION_EVALUATION_ERROR",
    "FORM_NOT_FOUND",
    "RESOURCE_NOT_FOUND",
    "SECRET_RESOLUTION_ERROR",
)
STATES = ("ACTIVE", "MIGRATED", "RESOLVED", "PENDING", "UNKNOWN")

INCIDENT = Table(
    noun="incident",
    name="Incident",
    columns=(
        Column(wire="incidentKey", row="key", kind="key"),
        Column(wire="errorType", row="error_type", kind="choice", values=ERROR_TYPES),
        Column(wire="errorMessage", row="message", empty="", sorted=False),
        Column(wire="state", row="state", kind="choice", values=STATES),
        Column(wire="creationTime", row="created_at", kind="instant"),
        Column(wire="elementId", row="element_id"),
        Column(wire="elementInstanceKey", row="element_key", kind="key"),
        Column(wire="processDefinitionId", row="process_id"),
        Column(wire="processDefinitionKey", row="definition_key", kind="key"),
        Column(wire="processInstanceKey", row="instance_key", kind="key"),
        Column(
            wire="rootProcessInstanceKey",
            row="root_key",
            kind="key",
            nullable=True,
            found=False,
            sorted=False,
        ),
        Column(wire="jobKey", row="job_key", kind="key", nullable=True),
        Column(wire="tenantId", row="tenant_id"),
    ),
)

Incident = item_schema(INCIDENT)
IncidentPage = page_schema("Incident", Incident)
IncidentSearch = search_schema(INCIDENT)
