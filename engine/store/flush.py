"""Write buffered rows: per table one upsert, and at most one update per shape of change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    Connection,
    Delete,
    Insert,
    Table,
    Update,
    and_,
    bindparam,
    delete,
    insert,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from engine.store.rows import Closure, Row, Rows, TableRows
from engine.store.tables import metadata, variable

_ORDER = {table: number for number, table in enumerate(metadata.sorted_tables)}
# A variable keeps its key for life; its revision counts the writes.
_KEPT = {variable: frozenset({"key"})}
_COUNTED = {variable: "revision"}


def flush(connection: Connection, rows: Rows) -> None:
    """Send all changes, parents before children, and forget them."""
    for table, changes in sorted(rows.changed(), key=lambda item: _ORDER[item[0]]):
        _flush_table(connection, table, changes)
        changes.settle()


def _flush_table(connection: Connection, table: Table, changes: TableRows) -> None:
    _close(connection, table, changes.closures)
    if changes.deleted:
        keys = [column.name for column in table.primary_key]
        connection.execute(
            _delete(table), [dict(zip(_bound(keys), key, strict=True)) for key in changes.deleted]
        )
    _patch(connection, table, changes)
    whole = [changes.full[key] for key in (*changes.fresh, *changes.dirty)]
    if whole:
        plain = not changes.dirty
        statement = insert(table) if plain else upsert(table, connection.dialect.name)
        connection.execute(statement, lone(whole))


def lone(rows: list[Row]) -> Row | list[Row]:
    """One row is sent as one: psycopg opens a pipeline for a list, which costs twice as much."""
    return rows[0] if len(rows) == 1 else rows


def _close(connection: Connection, table: Table, closures: Sequence[Closure]) -> None:
    shapes: dict[Any, list[tuple[Any, ...]]] = {}
    for closure in closures:
        names = tuple(name for name, _ in closure.match)
        values = tuple(value for _, value in closure.match)
        shapes.setdefault((names, closure.guard, closure.changes), []).append(values)
    for (names, guard, changed), keys in shapes.items():
        columns = [table.c[name] for name in names]
        hit = (
            columns[0].in_([key[0] for key in keys])
            if len(names) == 1
            else tuple_(*columns).in_(keys)
        )
        if guard is not None:
            hit = and_(hit, table.c[guard[0]].in_(guard[1]))
        statement: Update | Delete
        if changed is None:
            statement = delete(table).where(hit)
        else:
            statement = update(table).where(hit).values(dict(changed) | _counted(table))
        connection.execute(statement)


def _patch(connection: Connection, table: Table, changes: TableRows) -> None:
    keys = [column.name for column in table.primary_key]
    shapes: dict[tuple[str, ...], list[Row]] = {}
    for key, patch in changes.patches.items():
        names = tuple(sorted(patch))
        row = dict(zip(_bound(keys), key, strict=True)) | {f"v_{n}": patch[n] for n in names}
        shapes.setdefault(names, []).append(row)
    for names, parameters in shapes.items():
        connection.execute(_update(table, names), lone(parameters))


def _bound(names: Sequence[str]) -> list[str]:
    return [f"k_{name}" for name in names]


def _counted(table: Table) -> dict[str, Any]:
    return {"revision": table.c.revision + 1} if "revision" in table.c else {}


@cache
def _update(table: Table, names: tuple[str, ...]) -> Update:
    values: dict[str, Any] = {name: bindparam(f"v_{name}") for name in names}
    return update(table).where(_by_key(table)).values(_counted(table) | values)


def _names(table: Table) -> list[str]:
    return [column.name for column in table.columns]


@cache
def _delete(table: Table) -> Delete:
    return delete(table).where(_by_key(table))


def _by_key(table: Table) -> Any:
    return and_(*(column == bindparam(f"k_{column.name}") for column in table.primary_key))


@cache
def upsert(table: Table, dialect: str) -> Insert:
    """Insert, or overwrite the row with the same primary key."""
    make = cast(
        "Callable[[Table], Any]", {"postgresql": postgresql, "sqlite": sqlite}[dialect].insert
    )
    statement = make(table)
    fixed = {column.name for column in table.primary_key} | _KEPT.get(table, frozenset())
    values = {name: statement.excluded[name] for name in _names(table) if name not in fixed}
    if table in _COUNTED:
        values |= _counted(table)
    same = list(table.primary_key)
    if values:
        result = statement.on_conflict_do_update(index_elements=same, set_=values)
    else:
        result = statement.on_conflict_do_nothing(index_elements=same)
    return cast("Insert", result)
