"""Jobs of models; our own (outgoing messages and such) are not shown."""

from __future__ import annotations

from api.schemas.columns import Column, Table
from api.schemas.search import item_schema, page_schema, search_schema

KINDS = ("BPMN_ELEMENT", "EXECUTION_LISTENER", "TASK_LISTENER", "AD_HOC_SUB_PROCESS")
LISTENER_EVENTS = (
    "UNSPECIFIED",
    "START",
    "END",
    "CREATING",
    "ASSIGNING",
    "UPDATING",
    "COMPLETING",
    "CANCELING",
    "CANCEL",
    "BEFORE_ALL",
)
STATES = (
    "CREATED",
    "COMPLETED",
    "FAILED",
    "RETRIES_UPDATED",
    "TIMED_OUT",
    "CANCELED",
    "ERROR_THROWN",
    "MIGRATED",
    "PRIORITY_UPDATED",
    "TIMEOUT_UPDATED",
)

JOB = Table(
    noun="job",
    name="Job",
    columns=(
        Column(wire="jobKey", row="key", kind="key"),
        Column(wire="type", row="type"),
        Column(wire="kind", row="kind", kind="choice", values=KINDS),
        Column(
            wire="listenerEventType", row="listener_event", kind="choice", values=LISTENER_EVENTS
        ),
        Column(wire="state", row="state", kind="choice", values=STATES),
        Column(wire="retries", row="retries", kind="whole"),
        Column(wire="priority", row="priority", kind="whole", empty=0),
        Column(wire="worker", row="worker", empty=""),
        Column(wire="deadline", row="lease_until", kind="instant", nullable=True),
        Column(wire="customHeaders", row="headers", kind="headers", found=False, sorted=False,
               empty={}),
        Column(wire="elementId", row="element_id", nullable=True),
        Column(wire="elementInstanceKey", row="element_key", kind="key"),
        Column(wire="processDefinitionId", row="process_id", nullable=True),
        Column(wire="processDefinitionKey", row="definition_key", kind="key", nullable=True),
        Column(wire="processInstanceKey", row="instance_key", kind="key"),
        Column(wire="rootProcessInstanceKey", row="root_key", kind="key", nullable=True,
               found=False, sorted=False),
        Column(wire="businessId", row="business_id", nullable=True, found=False, sorted=False),
        Column(wire="tenantId", row="tenant_id"),
        Column(wire="creationTime", row="created_at", kind="instant", nullable=True),
        Column(wire="lastUpdateTime", row="updated_at", kind="instant", nullable=True,
               sorted=False),
        Column(wire="endTime", row="ended_at", kind="instant", nullable=True),
        Column(wire="errorCode", row="error_code", nullable=True),
        Column(wire="errorMessage", row="error_message", nullable=True),
        Column(wire="hasFailedWithRetriesLeft", row="has_failed_with_retries_left", kind="flag",
               empty=False, sorted=False),
        Column(wire="isDenied", row="is_denied", kind="flag", nullable=True, found=False,
               sorted=False),
        Column(wire="deniedReason", row="denied_reason", nullable=True, found=False,
               sorted=False),
    ),
)  # fmt: skip

Job = item_schema(JOB)
JobPage = page_schema("Job", Job)
JobSearch = search_schema(JOB)
