"""Bodies against the JSON Schema that is generated from their marshmallow schema.

Compiled once per process. Faults name the place and the rule and never quote
what was submitted: it may be personal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import jsonschema_rs
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import fields

from api.instants import is_instant
from api.schemas.fields import Items, describe
from api.schemas.filters import Filter, components
from api.schemas.search import SchemaClass
from engine.errors import Fault, InvalidInput

FAULTS_SHOWN = 20
OPENAPI = "3.1.0"


def plugin() -> MarshmallowPlugin:
    """apispec's marshmallow plugin that knows our fields."""

    class Plugin(MarshmallowPlugin):
        def init_spec(self, spec: APISpec) -> None:
            super().init_spec(spec)
            assert self.converter is not None  # noqa: S101 # made by the line above
            self.converter.add_attribute_function(describe)  # type: ignore[no-untyped-call] # theirs
            for name, shape in components().items():
                spec.components.schema(name, shape)

    return Plugin(schema_name_resolver=lambda schema: schema_name(schema))


def schema_name(schema: Any) -> str:
    """The component's name: the name the schema was made with."""
    kind = schema if isinstance(schema, type) else type(schema)
    return kind.__name__


def json_schema(schema: SchemaClass) -> dict[str, Any]:
    """The self-contained JSON Schema of a body."""
    spec = APISpec("bodies", "1", OPENAPI, plugins=[plugin()])
    spec.components.schema(schema_name(schema), schema=schema)
    components = spec.to_dict()["components"]
    return {"$ref": f"#/components/schemas/{schema_name(schema)}", "components": components}


@cache
def _validator(schema: SchemaClass) -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(
        json_schema(schema), validate_formats=True, formats={"date-time": is_instant}
    )


def require_valid(schema: SchemaClass, body: object) -> None:
    """``InvalidInput`` with a fault per broken rule."""
    validator = _validator(schema)
    if validator.is_valid(body):
        return
    faults: list[Fault] = []
    for error in validator.iter_errors(body):
        faults.extend(_faults(error))
        if len(faults) >= FAULTS_SHOWN:
            break
    raise InvalidInput("The body does not fit the contract of this route.", faults[:FAULTS_SHOWN])


def without_nulls(schema: SchemaClass, body: Any) -> Any:
    """A valid body without the members that are null and mean nothing by it."""
    if not isinstance(body, dict):
        return body
    inner, kept = _plan(schema)
    return {
        name: _clean(inner.get(name), value)
        for name, value in body.items()
        if value is not None or name in kept
    }


def _clean(inner: SchemaClass | Filter | None, value: Any) -> Any:
    if inner is None:
        return value
    if isinstance(inner, Filter):
        if isinstance(value, dict):
            return {name: operand for name, operand in value.items() if operand is not None}
        return value
    if isinstance(value, list):
        return [without_nulls(inner, item) for item in value]
    return without_nulls(inner, value)


@cache
def _plan(schema: SchemaClass) -> tuple[Mapping[str, SchemaClass | Filter], frozenset[str]]:
    inner: dict[str, SchemaClass | Filter] = {}
    for name, member in schema().fields.items():
        item = member.inner if isinstance(member, Items) else member
        if isinstance(item, Filter):
            inner[name] = item
        elif isinstance(item, fields.Nested):
            inner[name] = type(item.schema)
    return inner, schema.null_means  # type: ignore[attr-defined] # bodies are made by request()


def pointer(path: list[str | int], *more: str) -> str:
    """A JSON pointer."""
    parts = [*path, *more]
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in parts)


def _faults(error: jsonschema_rs.ValidationError) -> list[Fault]:
    facts: Mapping[str, Any] = error.kind.as_dict()
    kind = error.kind.name
    path = list(error.instance_path)
    if kind == "additionalProperties":
        sentence = "This name is not known here."
        return [
            # The name itself comes from the caller, so an overlong one is cut.
            Fault(pointer=pointer(path, str(name)[:100]), code="unknown-key", sentence=sentence)
            for name in facts.get("unexpected", ())
        ]
    if kind == "required":
        name = str(facts.get("property", ""))
        return [Fault(pointer=pointer(path, name), code="missing", sentence="This is required.")]
    if kind == "anyOf" and (branch := _meant(path, facts.get("context", ()))):
        return [fault for inner in branch for fault in _faults(inner)]
    say = _SENTENCES.get(kind)
    sentence = say(facts) if say else "The value is not acceptable."
    return [Fault(pointer=pointer(path), code=_CODES.get(kind, "value"), sentence=sentence)]


def _meant(path: list[str | int], branches: Iterable[Sequence[Any]]) -> Sequence[Any]:
    """The branch the caller meant: the one whose type fits."""
    for errors in branches:
        if all(e.kind.name != "type" or list(e.instance_path) != path for e in errors):
            return errors
    return ()


def _type(facts: Mapping[str, Any]) -> str:
    types = facts.get("types") or facts.get("type") or ()
    names = [types] if isinstance(types, str) else sorted(str(name) for name in types)
    return f"The type must be {' or '.join(names)}."


_SENTENCES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "type": _type,
    "enum": lambda facts: f"One of: {', '.join(map(str, facts.get('options', ())))}.",
    "maximum": lambda facts: f"At most {facts.get('limit')}.",
    "minimum": lambda facts: f"At least {facts.get('limit')}.",
    "maxLength": lambda facts: f"At most {facts.get('limit')} characters.",
    "minLength": lambda facts: f"At least {facts.get('limit')} characters.",
    "maxItems": lambda facts: f"At most {facts.get('limit')} items.",
    "pattern": lambda facts: f"The text must match {facts.get('pattern')}.",
    "format": lambda facts: (
        "An ISO 8601 instant with an offset, such as 2026-03-01T08:00:00.000+07:00."
        if facts.get("format") == "date-time"
        else "The text has another form."
    ),
    "anyOf": lambda _facts: "Neither a plain value of the right type nor an object of operators.",
}
_CODES: Mapping[str, str] = {"type": "type", "enum": "choice", "format": "format"}
