"""The JSON Schema half of the check: errors of jsonschema-rs told in our own sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jsonschema_rs import Draft202012Validator, ValidationError

from engine.forms.model import STAR, Component, FormFault, Path
from engine.forms.schema import EMAIL, FILE, NUMBER, PHONE
from engine.forms.sentences import fault
from engine.forms.temporal import example

_LENGTHS = {
    "minLength": "too-short",
    "maxLength": "too-long",
    "minimum": "minimum",
    "maximum": "maximum",
}


def shape_faults(
    validator: Draft202012Validator,
    fields: Mapping[Path, Component],
    answers: Mapping[str, object],
) -> Iterator[FormFault]:
    """Every fault of the answers that needs no other value to be seen."""
    for error in validator.iter_errors(answers):
        yield from _told(error, fields)


def _told(error: ValidationError, fields: Mapping[Path, Component]) -> Iterator[FormFault]:
    path: Path = tuple(error.instance_path)
    kind = error.kind.as_dict()
    name = error.kind.name
    if name == "additionalProperties":
        for unknown in kind["unexpected"]:
            yield fault("unknown-key", (*path, str(unknown)))
        return
    if name == "required":
        missing = (*path, str(kind["property"]))
        yield fault("required", missing, _field(fields, missing))
        return
    component = _field(fields, path)
    code, limit = _code(name, kind, error, component)
    said = component.rules.pattern_message if component and code == "pattern" else None
    yield fault(code, path, component, limit, said=said)


def _field(fields: Mapping[Path, Component], path: Path) -> Component | None:
    while path:
        found = fields.get(tuple(STAR if isinstance(step, int) else step for step in path))
        if found is not None:
            return found
        # An item of a checklist or file list: the fault belongs to the field.
        if not isinstance(path[-1], int):
            return None
        path = path[:-1]
    return None


def _code(
    name: str, kind: Mapping[str, object], error: ValidationError, component: Component | None
) -> tuple[str, object]:
    if error.instance is None or name in ("const", "not"):
        return "required", ""
    if name in _LENGTHS:
        limit = kind["limit"]
        return ("required", "") if name == "minLength" and limit == 1 else (_LENGTHS[name], limit)
    if name == "pattern":
        return _pattern(str(kind["pattern"]), component)
    if name == "enum":
        return "not-an-option", ""
    if name == "uniqueItems":
        return "duplicate-item", ""
    if name in ("minItems", "maxItems"):
        return _amount(name, kind["limit"], component)
    return "wrong-type", _type(error)


def _amount(name: str, limit: object, component: Component | None) -> tuple[str, object]:
    if name == "minItems" and (component is None or component.rows is None):
        return "required", ""
    return ("too-few-rows" if name == "minItems" else "too-many-rows"), limit


def _pattern(pattern: str, component: Component | None) -> tuple[str, object]:
    known = {EMAIL: "email", PHONE: "phone", FILE: "file"}.get(pattern)
    if known:
        return known, ""
    if pattern == NUMBER:
        return "wrong-type", "numeric"
    if component is not None and component.type == "datetime":
        subtype = str(component.properties.get("subtype", "date"))
        return subtype, example(component)
    return "pattern", ""


def _type(error: ValidationError) -> str:
    wanted = error.kind.as_dict().get("types") or error.kind.as_dict().get("type")
    if isinstance(wanted, str):
        return wanted
    names = [str(one) for one in wanted or () if one != "null"]
    return names[0] if names else "string"
