"""Variables: values are JSON texts; long ones are cut in searches unless asked otherwise."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.columns import Column, Table
from api.schemas.fields import Flag
from api.schemas.filters import text_filter
from api.schemas.search import (
    PageRequest,
    item_schema,
    page_schema,
    request,
    search_schema,
    sort_field,
)

VARIABLE = Table(
    noun="variable",
    name="Variable",
    columns=(
        Column(wire="variableKey", row="key", kind="key"),
        Column(wire="name", row="name"),
        Column(wire="value", row="value"),
        Column(wire="scopeKey", row="scope_key", kind="key"),
        Column(wire="processInstanceKey", row="instance_key", kind="key"),
        Column(
            wire="rootProcessInstanceKey",
            row="root_key",
            kind="key",
            nullable=True,
            found=False,
            sorted=False,
        ),
        Column(wire="tenantId", row="tenant_id"),
    ),
)

Variable = item_schema(VARIABLE)
VariableSearchItem = item_schema(VARIABLE, {"isTruncated": Flag(required=True)})
VariableSearchItem.__name__ = "VariableSearchItem"
VariablePage = page_schema("Variable", VariableSearchItem)
_SORT = sort_field(VARIABLE)
VariableSearch = search_schema(VARIABLE, more={"sort": _SORT})

_BY_NAME = request("TaskVariableFilter", {"name": text_filter()})
TaskVariableSearch = request(
    "TaskVariableSearch",
    {
        "filter": fields.Nested(_BY_NAME),
        "sort": _SORT,
        "page": fields.Nested(PageRequest),
    },
)
