"""User tasks: everything a list shows comes with the row."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.columns import Column, Table
from api.schemas.fields import Document, Items, Text, Whole
from api.schemas.search import VariableFilter, item_schema, page_schema, search_schema

STATES = (
    "CREATING",
    "CREATED",
    "ASSIGNING",
    "UPDATING",
    "COMPLETING",
    "COMPLETED",
    "CANCELING",
    "CANCELED",
    "FAILED",
)

USER_TASK = Table(
    noun="user_task",
    name="UserTask",
    columns=(
        Column(wire="userTaskKey", row="key", kind="key"),
        Column(wire="name", row="name", nullable=True),
        Column(wire="state", row="state", kind="choice", values=STATES),
        Column(wire="assignee", row="assignee", nullable=True),
        Column(wire="elementId", row="element_id"),
        Column(wire="elementInstanceKey", row="element_key", kind="key"),
        Column(
            wire="candidateGroups",
            row="candidate_groups",
            kind="texts",
            found=False,
            sorted=False,
            empty=[],
        ),
        Column(
            wire="candidateUsers",
            row="candidate_users",
            kind="texts",
            found=False,
            sorted=False,
            empty=[],
        ),
        Column(wire="candidateGroup", row="candidate_group", shown=False, sorted=False),
        Column(wire="candidateUser", row="candidate_user", shown=False, sorted=False),
        Column(wire="processDefinitionId", row="process_id"),
        Column(wire="processDefinitionKey", row="definition_key", kind="key"),
        Column(wire="processDefinitionVersion", row="process_version", kind="whole", found=False),
        Column(wire="processName", row="process_name", nullable=True, found=False),
        Column(wire="processInstanceKey", row="instance_key", kind="key"),
        Column(wire="rootProcessInstanceKey", row="root_key", kind="key", nullable=True),
        Column(wire="businessId", row="business_id", nullable=True),
        Column(wire="creationDate", row="created_at", kind="instant"),
        Column(wire="completionDate", row="completed_at", kind="instant", nullable=True),
        Column(wire="followUpDate", row="follow_up_at", kind="instant", nullable=True),
        Column(wire="dueDate", row="due_at", kind="instant", nullable=True),
        Column(wire="priority", row="priority", kind="whole"),
        Column(wire="tenantId", row="tenant_id", sorted=False),
        Column(
            wire="formKey", row="form_key", kind="key", nullable=True, found=False, sorted=False
        ),
        Column(
            wire="externalFormReference",
            row="external_form",
            nullable=True,
            found=False,
            sorted=False,
        ),
        Column(
            wire="customHeaders",
            row="headers",
            kind="headers",
            found=False,
            sorted=False,
            empty={},
        ),
        Column(wire="tags", row="tags", kind="texts", sorted=False, empty=[]),
    ),
)

UserTask = item_schema(
    USER_TASK,
    {
        "revision": Whole(required=True, doc="Extension: what ETag and If-Match compare."),
        "formId": Text(nullable=True, doc="Extension: the form's id."),
        "dossierCode": Text(nullable=True, doc="Extension: the dossier it belongs to."),
        "variables": Document(doc="Extension: the values asked for by fetchVariables."),
    },
)
UserTaskPage = page_schema("UserTask", UserTask)
UserTaskSearch = search_schema(
    USER_TASK,
    filters={
        "processInstanceVariables": Items(fields.Nested(VariableFilter), most=20),
        "localVariables": Items(fields.Nested(VariableFilter), most=20),
    },
    more={
        "fetchVariables": Items(
            Text(least=1, most=1000),
            most=100,
            doc="Extension: names of variables to answer with each task.",
        )
    },
)
