"""Pages over rows that are few and already here, such as the variables of one task."""

from __future__ import annotations

import base64
import binascii
import fnmatch
import re
from collections.abc import Mapping, Sequence
from typing import Any

from api.queries import show_page
from api.schemas.columns import Table
from api.schemas.search import DEFAULT_LIMIT
from api.values import show_variable
from engine.errors import Fault, InvalidInput
from engine.ports.views import Page


def page_in_memory(
    table: Table, rows: Sequence[Mapping[str, Any]], body: Mapping[str, Any], cut: bool
) -> dict[str, Any]:
    """Filter by name, sort and cut out a page."""
    wanted = body.get("filter", {}).get("name")
    kept = [row for row in rows if wanted is None or _matches(row["name"], wanted)]
    for item in reversed(body.get("sort", ())):
        field = table.by_wire[item["field"]].row
        kept.sort(key=lambda row: row[field], reverse=item.get("order") == "DESC")
    asked = body.get("page", {})
    limit = int(asked.get("limit", DEFAULT_LIMIT))
    start = _start(asked, limit)
    shown = kept[start : start + limit]
    page = Page(
        items=(),
        total=len(kept),
        start_cursor=_cursor(start) if shown else None,
        end_cursor=_cursor(start + len(shown)) if shown else None,
    )
    return show_page(page, [show_variable(row, cut=cut) for row in shown])


def _start(asked: Mapping[str, Any], limit: int) -> int:
    if "after" in asked:
        return _position(asked["after"])
    if "before" in asked:
        return max(0, _position(asked["before"]) - limit)
    return int(asked.get("from", 0))


def _cursor(position: int) -> str:
    return base64.b64encode(f"{position:09d}".encode()).decode()


def _position(cursor: str) -> int:
    try:
        return int(base64.b64decode(cursor, validate=True))
    except (binascii.Error, ValueError):
        fault = Fault(pointer="/page", code="cursor", sentence="The cursor is not one of ours.")
        raise InvalidInput("The page cannot be found.", [fault]) from None


def _matches(name: str, wanted: Any) -> bool:
    if not isinstance(wanted, Mapping):
        return name == str(wanted)
    return all(
        _TESTS[operator](name, operand) for operator, operand in wanted.items() if operand != []
    )


def _like(name: str, pattern: str) -> bool:
    # fnmatch gives [ ] a meaning of their own; the contract knows * and ? only.
    return bool(re.fullmatch(fnmatch.translate(pattern.replace("[", "[[]")), name))


_TESTS: Mapping[str, Any] = {
    "$eq": lambda name, operand: name == operand,
    "$neq": lambda name, operand: name != operand,
    "$exists": lambda _name, operand: operand,
    "$in": lambda name, operand: name in operand,
    "$notIn": lambda name, operand: name not in operand,
    "$like": _like,
}
