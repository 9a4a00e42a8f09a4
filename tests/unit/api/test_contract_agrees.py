"""marshmallow and the JSON Schema made from it accept and refuse the same bodies."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from marshmallow import Schema, ValidationError, fields

from api.routes import DOORS
from api.schemas.fields import Items
from api.schemas.search import SchemaClass
from api.validation import require_valid
from engine.errors import InvalidInput

VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 50, 100, 101, 10**9, 10**20, 1.0, Decimal("2.0"),
    Decimal("1.5"), "", "x", "12", "12\n", "CREATED", "ASC", "wrong" * 60, "đơn", "a" * 1001,
    "2026-03-01T08:00:00.000+07:00", "2026-03-01T01:00:00Z", "2026-03-01", "2026-13-01T00:00:00Z",
    "2026-03-01T08:00:00", [], [""], ["x"], ["x", 1], [None], [{}], {}, {"typename": 1},
    {"$eq": "x"}, {"$eq": 3}, {"$in": ["x"]}, {"$in": "x"}, {"$like": "*x?"}, {"$exists": True},
    {"$exists": "yes"}, {"$gt": 3}, {"$gt": "2026-03-01T01:00:00Z"}, {"$regex": "x"},
)  # fmt: skip
HOT = {
    "UserTaskCompletion",
    "UserTaskAssignment",
    "UserTaskSearch",
    "JobActivation",
    "JobCompletion",
    "MessagePublication",
}


def _bodies_of_routes() -> dict[str, SchemaClass]:
    found: dict[str, SchemaClass] = {}
    for door in DOORS:
        for operation in door.operations:
            if operation.body is not None:
                found[operation.body.__name__] = operation.body
    return found


BODIES = _bodies_of_routes()


def _variants(schema: Schema, depth: int = 3) -> Iterator[dict[str, Any]]:
    yield {}
    yield {"unknown": 1}
    plain = {name: _fitting(field) for name, field in schema.fields.items() if field.required}
    yield plain
    for name, field in schema.fields.items():
        for value in (*VALUES, *_inner(field, depth)):
            yield plain | {name: value}


def _inner(field: Any, depth: int) -> Iterator[Any]:
    if depth == 0:
        return
    if isinstance(field, fields.Nested):
        yield from _variants(field.schema, depth - 1)
    elif isinstance(field, Items):
        for value in _inner(field.inner, depth):
            yield [value]


def _fitting(field: Any) -> Any:
    if isinstance(field, fields.Nested):
        return {name: _fitting(f) for name, f in field.schema.fields.items() if f.required}
    if isinstance(field, Items):
        return []
    candidates = (*VALUES, *getattr(field, "values", ()))
    return next(value for value in candidates if value is not None and not field.fault(value))


def _marshmallow_takes(schema: SchemaClass, body: Any) -> bool:
    try:
        schema().load(body)
    except ValidationError:
        return False
    return True


def _json_schema_takes(schema: SchemaClass, body: Any) -> bool:
    try:
        require_valid(schema, body)
    except InvalidInput:
        return False
    return True


@pytest.mark.parametrize("name", sorted(BODIES))
def test_both_judge_alike(name: str) -> None:
    """Every member with every odd value, alone and nested."""
    schema = BODIES[name]
    judged = [
        (body, _marshmallow_takes(schema, body), _json_schema_takes(schema, body))
        for body in _variants(schema())
    ]

    assert [case for case in judged if case[1] != case[2]] == []
    assert any(case[1] for case in judged)


def test_the_hot_routes_are_among_them() -> None:
    assert BODIES.keys() >= HOT


def test_a_body_passes_unchanged() -> None:
    """Nothing is converted, so the checked body is the sent one."""
    body = {"variables": {"fee": Decimal("1.10"), "typename": "x"}, "action": None}

    loaded = BODIES["UserTaskCompletion"]().load(body)

    assert loaded == body
