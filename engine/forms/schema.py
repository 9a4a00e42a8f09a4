"""JSON Schema 2020-12 of a form's answers.

It holds what does not depend on other values: types, lengths, patterns, static
options, required fields that are always shown, no unknown member. What does
depend (conditions, FEEL limits, options from data) is in ``check``.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

from engine.forms.model import Component, Limit, Options, Rows
from engine.forms.tree import Node

Schema: TypeAlias = dict[str, object]

EMAIL = (
    r"^[^\s@,;:<>()\[\]\\]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?\.[A-Za-z]{2,63}$"
)
# Within Vietnam a leading 0, from abroad + or 00; people put spaces, dots and dashes between.
PHONE = r"^(?:(?:\+|00)[1-9]|0[1-9])(?:[ .-]?[0-9]){7,13}$"
NUMBER = r"^-?[0-9]{1,30}(?:\.[0-9]{1,30})?$"
FILE = r"^[0-9]{1,19}$"
_DATE = r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?"
_ZONES = {"utc_offset": r"[+-](?:0[0-9]|1[0-4]):[0-5][0-9]", "utc_normalized": "Z"}


def object_schema(node: Node) -> Schema:
    """The schema of one object: the whole form, a group, or a row of a list."""
    properties = {name: _member(child) for name, child in node.children.items()}
    required = [name for name, child in node.children.items() if _always(child)]
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    if required:
        schema["required"] = sorted(required)
    return schema


def _member(node: Node) -> Schema:
    component = node.component
    if component is None:
        return object_schema(node)
    if component.rows is None or node.rows is None:
        schema = leaf_schema(component, node.conditional)
    else:
        schema = _list(component.rows, node.rows, is_required(component, node.conditional))
    if component.label and not component.label.startswith("="):
        schema["title"] = component.label
    return schema


def _always(node: Node) -> bool:
    if node.component is None:
        return any(_always(child) for child in node.children.values())
    return is_required(node.component, node.conditional)


def is_required(component: Component, conditional: bool) -> bool:
    """True when the schema itself may insist on an answer."""
    free = component.readonly is False and component.disabled is False
    if component.rows is not None:
        return component.rows.minimum > 0 and not conditional
    return component.rules.required and free and not conditional


def _list(rows: Rows, row: Node, must: bool) -> Schema:
    schema: Schema = {
        "type": _maybe("array", must),
        "items": object_schema(row),
        "maxItems": rows.maximum,
    }
    if rows.minimum:
        schema["minItems"] = rows.minimum
    return schema


def leaf_schema(component: Component, conditional: bool) -> Schema:
    """The schema of one field."""
    if component.computed:
        return {"readOnly": True}
    must = is_required(component, conditional)
    schema = _TYPES[component.type](component, must)
    if component.readonly is True or component.disabled is True:
        schema["readOnly"] = True
    return schema


def _maybe(kind: str, must: bool) -> object:
    return kind if must else [kind, "null"]


def _fixed(limit: Limit) -> int | float | None:
    if isinstance(limit, str):
        number = Decimal(limit)
        return int(number) if number == number.to_integral_value() else float(number)
    return limit if isinstance(limit, int) else None


def _text(component: Component, must: bool) -> Schema:
    rules = component.rules
    schema: Schema = {"type": _maybe("string", must)}
    least = _fixed(rules.min_length)
    most = _fixed(rules.max_length)
    if must or least:
        schema["minLength"] = max(int(least or 0), 1)
    if most is not None:
        schema["maxLength"] = int(most)
    patterns = [rules.pattern] if rules.pattern else []
    if rules.kind:
        patterns.append(EMAIL if rules.kind == "email" else PHONE)
    if len(patterns) == 1:
        schema["pattern"] = patterns[0]
    elif patterns:
        schema["allOf"] = [{"pattern": pattern} for pattern in patterns]
    return schema


def _number(component: Component, must: bool) -> Schema:
    if component.properties.get("serializeToString") is True:
        return {"type": _maybe("string", must), "pattern": NUMBER}
    kind = "integer" if component.rules.decimal_digits == 0 else "number"
    schema: Schema = {"type": _maybe(kind, must)}
    for name, limit in (("minimum", component.rules.minimum), ("maximum", component.rules.maximum)):
        value = _fixed(limit)
        if value is not None:
            schema[name] = value
    return schema


def _checkbox(_component: Component, must: bool) -> Schema:
    return {"const": True} if must else {"type": ["boolean", "null"]}


def _one_choice(component: Component, must: bool) -> Schema:
    static = _static(component.options)
    if static is None:
        return {"not": {"type": "null"}} if must else {}
    return {"enum": [*static] if must else [*static, None]}


def _many_choices(component: Component, must: bool) -> Schema:
    static = _static(component.options)
    schema: Schema = {"type": _maybe("array", must), "uniqueItems": True, "maxItems": 1000}
    if static is not None:
        schema["items"] = {"enum": [*static]}
    if must:
        schema["minItems"] = 1
    return schema


def _static(options: Options | None) -> list[object] | None:
    if options is None or options.static is None:
        return None
    return [value for value, _ in options.static]


def _datetime(component: Component, must: bool) -> Schema:
    subtype = component.properties.get("subtype", "date")
    zone = _ZONES.get(str(component.properties.get("timeSerializingFormat", "utc_offset")), "")
    pattern = {"date": _DATE, "time": _TIME + zone, "datetime": f"{_DATE}T{_TIME}{zone}"}
    return {"type": _maybe("string", must), "pattern": f"^{pattern[str(subtype)]}$"}


def _files(component: Component, must: bool) -> Schema:
    return {
        "type": _maybe("array", must),
        "items": {"type": "string", "pattern": FILE},
        "uniqueItems": True,
        "minItems": 1 if must else 0,
        "maxItems": 1 if component.multiple is False else 100,
    }


_TYPES = {
    "textfield": _text,
    "textarea": _text,
    "number": _number,
    "checkbox": _checkbox,
    "radio": _one_choice,
    "select": _one_choice,
    "checklist": _many_choices,
    "taglist": _many_choices,
    "datetime": _datetime,
    "filepicker": _files,
}
