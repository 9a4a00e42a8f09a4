"""Rows as the database holds them, so that a value of a wrong kind is read and not stumbled over.

SQLite keeps whatever is written into a column; an attack may leave a text
where bytes or a number should be.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, FromClause, Text, type_coerce

from engine.store.chain import Digest
from engine.store.rows import Row
from engine.store.sqltypes import Instant, JsonText


def columns(table: FromClause) -> list[ColumnElement[Any]]:
    """The table's columns without our conversions."""
    return [_plain(column) for column in table.c]


def stored(table: FromClause, row: Row) -> Row:
    """A row of ours as it would be stored."""
    return {name: _stored(table.c[name], value) for name, value in row.items()}


def as_bytes(value: object) -> bytes:
    """Bytes, also of a text that should not be there."""
    return value.encode() if isinstance(value, str) else bytes(value)  # type: ignore[call-overload]  # bytes or memoryview


def _plain(column: ColumnElement[Any]) -> ColumnElement[Any]:
    kind = column.type
    if isinstance(kind, Instant):
        return type_coerce(column, BigInteger).label(column.key)
    if isinstance(kind, JsonText):
        return type_coerce(column, Text).label(column.key)
    return column


def _stored(column: ColumnElement[Any], value: Any) -> Any:
    kind = column.type
    # A digest stands for a private value and is compared as such.
    if isinstance(kind, Instant | JsonText) and not isinstance(value, Digest):
        return kind.process_bind_param(value, _NO_DIALECT)
    return value


_NO_DIALECT: Any = None
