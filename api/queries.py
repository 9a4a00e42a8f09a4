"""A checked search body becomes a Query of the engine."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from api.calls import MAX_KEY, search
from api.instants import parse_instant
from api.schemas.columns import Column, Table
from api.schemas.search import DEFAULT_LIMIT
from engine.errors import Fault, InvalidInput
from engine.ports.views import Condition, Operator, Page, Query, VariableCondition

Body = Mapping[str, Any]

_OPERATORS: Mapping[str, Operator] = {
    "$eq": "eq",
    "$neq": "neq",
    "$exists": "exists",
    "$gt": "gt",
    "$gte": "gte",
    "$lt": "lt",
    "$lte": "lte",
    "$in": "in",
    "$notIn": "notIn",
    "$like": "like",
}
# Filters on variables: name on the wire -> local to the row's own scope?
_VARIABLES = {"variables": False, "processInstanceVariables": False, "localVariables": True}


def query_of(table: Table, body: Body, *more: Condition) -> Query:
    """The query a search body means; ``more`` are conditions of the route itself."""
    wanted: Body = body.get("filter", {})
    page: Body = body.get("page", {})
    _require_one_way(page)
    groups = tuple(tuple(_conditions(table, group)) for group in wanted.get("$or", ()))
    return Query(
        where=(*more, *_conditions(table, wanted)),
        any_of=tuple(group for group in groups if group),
        variables=tuple(_variables(wanted)),
        sort=tuple(
            (
                table.by_wire[item["field"]].row,
                "desc" if item.get("order") == "DESC" else "asc",
            )
            for item in body.get("sort", ())
        ),
        limit=int(page.get("limit", DEFAULT_LIMIT)),
        offset=int(page.get("from", 0)),
        after=page.get("after"),
        before=page.get("before"),
    )


def search_page(table: Table, body: Body, *more: Condition) -> dict[str, Any]:
    """Search and show."""
    found = search(table.noun, query_of(table, body, *more))
    return show_page(found, [table.present(row) for row in found.items])


def show_page(page: Page, items: list[dict[str, Any]]) -> dict[str, Any]:
    """The answer of every search."""
    return {
        "items": items,
        "page": {
            "totalItems": page.total,
            "hasMoreTotalItems": page.has_more_total,
            "startCursor": page.start_cursor,
            "endCursor": page.end_cursor,
        },
    }


def _require_one_way(page: Body) -> None:
    ways = [name for name in ("from", "after", "before") if name in page]
    if len(ways) > 1:
        sentence = f"Use one of {', '.join(ways)}, not several."
        fault = Fault(pointer="/page", code="page", sentence=sentence)
        raise InvalidInput("The page is asked for in two ways.", [fault])


def _conditions(table: Table, wanted: Body) -> Iterator[Condition]:
    for name, value in wanted.items():
        column = table.by_wire.get(name)
        if column is None:
            continue
        if column.kind == "texts":
            yield from (Condition(field=column.row, op="eq", value=tag) for tag in value)
        elif isinstance(value, Mapping):
            for operator, operand in value.items():
                if operand == []:
                    continue  # clients in Java write the lists they do not use
                op = _OPERATORS[operator]
                yield Condition(field=column.row, op=op, value=_operand(column, op, operand))
        else:
            yield Condition(field=column.row, op="eq", value=_value(column, value))


def _variables(wanted: Body) -> Iterator[VariableCondition]:
    for member, local in _VARIABLES.items():
        for condition in wanted.get(member, ()):
            for op, value in _operations(condition["value"]):
                yield VariableCondition(name=condition["name"], op=op, value=value, local=local)


def _operations(value: Any) -> Iterable[tuple[Operator, object]]:
    if isinstance(value, Mapping):
        return [
            (_OPERATORS[name], _json_texts(operand))
            for name, operand in value.items()
            if operand not in ([], None)
        ]
    return [("eq", _json_text(value))]


def _json_texts(operand: Any) -> object:
    if isinstance(operand, list):
        return tuple(_json_text(item) for item in operand)
    return _json_text(operand) if isinstance(operand, str) else operand


def _json_text(text: str) -> str:
    """The value as it is stored: compact JSON; what is no JSON is compared as it came."""
    try:
        value = json.loads(text)
    except ValueError:
        return text
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return text.strip()


def _operand(column: Column, op: Operator, operand: Any) -> object:
    if op in {"exists", "like"}:
        return operand
    if isinstance(operand, list):
        return tuple(_value(column, item) for item in operand)
    return _value(column, operand)


def _value(column: Column, value: Any) -> object:
    match column.kind:
        case "key":
            return min(int(value), MAX_KEY)
        case "instant":
            return parse_instant(value)
        case "whole":
            return int(value)
        case _:
            return value
