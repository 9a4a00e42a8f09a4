"""The component types of form-js 1.23 and what each may carry.

One table: the reader refuses a type or a value it does not know and warns about
a property it does not honour, so that nothing in a form is ignored in silence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.forms.checks import (
    Check,
    anything,
    choices,
    feel,
    flag,
    flag_or_feel,
    key,
    number,
    number_or_feel,
    one_of,
    own_origin,
    rows,
    template,
    text,
    whole,
    whole_or_feel,
)
from engine.forms.model import Binding

SCHEMA_VERSION = 19
"""The newest schema version of form-js whose components are all in this table."""

COMMON: Mapping[str, Check] = {
    "type": text,
    "id": text,
    "layout": anything,
    "properties": anything,
    "conditional": anything,
}
LABELLED: Mapping[str, Check] = {"label": template}
INPUT: Mapping[str, Check] = {
    **LABELLED,
    "key": key,
    "description": template,
    "readonly": flag_or_feel,
    "disabled": flag_or_feel,
    "defaultValue": anything,
    "validate": anything,
}
CHOICE: Mapping[str, Check] = {
    **INPUT,
    "values": choices,
    "valuesKey": key,
    "valuesExpression": feel,
}
CONTAINER: Mapping[str, Check] = {
    **LABELLED,
    "components": anything,
    "path": key,
    "showOutline": flag,
    "verticalAlignment": text,
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A component type: how it binds to data, its properties, and its ``validate`` options."""

    binding: Binding
    properties: Mapping[str, Check]
    rules: Mapping[str, Check]


def _kind(
    binding: Binding, properties: Mapping[str, Check], rules: Mapping[str, Check] | None = None
) -> Kind:
    return Kind(binding, {**COMMON, **properties}, rules or {})


REQUIRED: Mapping[str, Check] = {"required": flag}
LENGTHS: Mapping[str, Check] = {
    **REQUIRED,
    "minLength": whole_or_feel,
    "maxLength": whole_or_feel,
}
TEXTFIELD: Mapping[str, Check] = {
    **LENGTHS,
    "pattern": text,
    "patternErrorMessage": text,
    "validationType": one_of("email", "phone", "custom", ""),
}
NUMBER: Mapping[str, Check] = {**REQUIRED, "min": number_or_feel, "max": number_or_feel}

KINDS: Mapping[str, Kind] = {
    "textfield": _kind("value", {**INPUT, "appearance": anything}, TEXTFIELD),
    "textarea": _kind("value", INPUT, LENGTHS),
    "number": _kind(
        "value",
        {
            **INPUT,
            "appearance": anything,
            "decimalDigits": whole,
            "increment": number,
            "serializeToString": flag,
        },
        NUMBER,
    ),
    "checkbox": _kind("value", INPUT, REQUIRED),
    "checklist": _kind("value", CHOICE, REQUIRED),
    "radio": _kind("value", CHOICE, REQUIRED),
    "select": _kind("value", {**CHOICE, "searchable": flag}, REQUIRED),
    "taglist": _kind("value", CHOICE, REQUIRED),
    "datetime": _kind(
        "value",
        {
            **INPUT,
            "subtype": one_of("date", "time", "datetime"),
            "dateLabel": template,
            "timeLabel": template,
            "use24h": flag,
            "timeSerializingFormat": one_of("utc_offset", "utc_normalized", "no_timezone"),
            "timeInterval": whole,
            "disallowPassedDates": flag,
        },
        REQUIRED,
    ),
    "filepicker": _kind("value", {**INPUT, "multiple": flag_or_feel, "accept": template}, REQUIRED),
    "expression": _kind(
        "value", {"key": key, "expression": feel, "computeOn": one_of("change", "presubmit")}
    ),
    "group": _kind("group", CONTAINER),
    "dynamiclist": _kind(
        "list",
        {
            **CONTAINER,
            "isRepeating": flag,
            "defaultRepetitions": whole,
            "allowAddRemove": flag,
            "disableCollapse": flag,
            "nonCollapsedItems": whole,
        },
    ),
    "table": _kind(
        "none",
        {
            **LABELLED,
            "dataSource": feel,
            "columns": rows,
            "columnsExpression": feel,
            "rowCount": whole,
        },
    ),
    "text": _kind("none", {"text": template}),
    "html": _kind("none", {"content": template}),
    "image": _kind("none", {"source": own_origin, "alt": template}),
    "iframe": _kind("none", {**LABELLED, "url": own_origin, "height": whole, "security": anything}),
    "separator": _kind("none", {}),
    "spacer": _kind("none", {"height": whole}),
    "documentPreview": _kind(
        "none", {**LABELLED, "title": template, "dataSource": feel, "maxHeight": whole}
    ),
    "button": _kind("none", {**LABELLED, "action": one_of("submit", "reset")}),
}
