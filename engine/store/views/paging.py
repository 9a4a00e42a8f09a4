"""Keyset pages: an opaque cursor holds the sort values of one row.

Rows without a value come last, whichever the direction, on both databases.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Row, and_, asc, case, desc, literal, or_

from engine.errors import InvalidInput
from engine.store.sqltypes import Instant, from_ms, to_ms


@dataclass(frozen=True, slots=True)
class SortColumn:
    """One column to sort by."""

    name: str
    column: ColumnElement[Any]
    descending: bool

    @property
    def missing(self) -> ColumnElement[int]:
        """1 for a row without a value."""
        return case((self.column.is_(None), 1), else_=0)


def order(columns: Sequence[SortColumn], *, backwards: bool) -> list[ColumnElement[Any]]:
    """ORDER BY; backwards to read the page before a cursor."""
    terms: list[ColumnElement[Any]] = []
    for one in columns:
        terms.append(desc(one.missing) if backwards else asc(one.missing))
        terms.append(desc(one.column) if one.descending != backwards else asc(one.column))
    return terms


def beyond(columns: Sequence[SortColumn], cursor: str, *, backwards: bool) -> ColumnElement[bool]:
    """Rows after the cursor's row (before it, when backwards)."""
    ways: list[ColumnElement[bool]] = []
    same: list[ColumnElement[bool]] = []
    for one, value in zip(columns, _decode(columns, cursor), strict=True):
        missing = literal(1 if value is None else 0)
        ways.append(and_(*same, one.missing < missing if backwards else one.missing > missing))
        if value is None:
            same.append(one.column.is_(None))
            continue
        further = one.column < value if one.descending != backwards else one.column > value
        ways.append(and_(*same, further))
        same.append(one.column == value)
    return or_(*ways)


def cursor_of(columns: Sequence[SortColumn], row: Row[Any], first: int) -> str:
    """The cursor of a row whose sort values begin at position ``first``."""
    values = [_plain(value) for value in row[first:]]
    # Clients check that a cursor is standard base64 with padding.
    return base64.b64encode(orjson.dumps([_shape(columns), values])).decode()


def _decode(columns: Sequence[SortColumn], cursor: str) -> list[Any]:
    try:
        shape, values = orjson.loads(base64.b64decode(cursor.encode("ascii"), validate=True))
        if shape != _shape(columns) or len(values) != len(columns):
            raise ValueError("made for another sort order")
        return [_value(one, value) for one, value in zip(columns, values, strict=True)]
    except (ValueError, TypeError, OverflowError, binascii.Error):
        raise InvalidInput(
            "The cursor does not belong to this search: take it from a page with the same sort.",
            code="cursor-invalid",
        ) from None


def _shape(columns: Sequence[SortColumn]) -> str:
    return ",".join(f"{'-' if one.descending else ''}{one.name}" for one in columns)


def _plain(value: Any) -> Any:
    return to_ms(value) if isinstance(value, datetime) else value


def _value(one: SortColumn, value: Any) -> Any:
    if value is None:
        return None
    wanted = one.column.type.python_type
    if isinstance(one.column.type, Instant):
        return from_ms(value)
    if not isinstance(value, wanted):
        raise TypeError(one.name)
    return value
