"""Row changes of one transaction, held in memory until they are written table by table.

An element activated and completed in one step is one row and one statement.
Three shapes of change: a row known in full, a patch of a row known by its key
only, and a closure (all open rows of an element). Nothing here touches SQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy import Table

Row: TypeAlias = dict[str, Any]
PrimaryKey: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Closure:
    """Change every row that has ``match`` and whose ``column`` still holds one of ``values``.

    ``changes`` None deletes the rows.
    """

    match: tuple[tuple[str, Any], ...]
    guard: tuple[str, tuple[Any, ...]] | None
    changes: tuple[tuple[str, Any], ...] | None

    def hits(self, row: Mapping[str, Any]) -> bool:
        """True when the row known in full is meant."""
        if self.guard is not None and row[self.guard[0]] not in self.guard[1]:
            return False
        return all(row[name] == value for name, value in self.match)


@dataclass(slots=True)
class TableRows:
    """The changes of one table.

    ``born`` rows began in this transaction; ``fresh`` ones are not written yet.
    """

    full: dict[PrimaryKey, Row] = field(default_factory=dict)
    born: set[PrimaryKey] = field(default_factory=set)
    fresh: set[PrimaryKey] = field(default_factory=set)
    dirty: set[PrimaryKey] = field(default_factory=set)
    patches: dict[PrimaryKey, Row] = field(default_factory=dict)
    deleted: set[PrimaryKey] = field(default_factory=set)
    closures: list[Closure] = field(default_factory=list)

    def is_clean(self) -> bool:
        """True when nothing waits to be written."""
        return not (self.fresh or self.dirty or self.patches or self.deleted or self.closures)

    def settle(self) -> None:
        """Everything has been written; rows known in full stay known."""
        self.fresh.clear()
        self.dirty.clear()
        self.patches.clear()
        self.deleted.clear()
        self.closures.clear()


class Rows:
    """What appliers write to: table by table, in memory."""

    def __init__(self) -> None:
        self._tables: dict[Table, TableRows] = {}

    def of(self, table: Table) -> TableRows:
        """The changes of one table."""
        found = self._tables.get(table)
        if found is None:
            found = self._tables[table] = TableRows()
        return found

    def changed(self) -> Iterator[tuple[Table, TableRows]]:
        """Tables something waits for."""
        return ((t, rows) for t, rows in self._tables.items() if not rows.is_clean())

    def load(self, table: Table, row: Row) -> None:
        """A row as the database holds it, read under the root's lock."""
        self.of(table).full.setdefault(identity(table, row), row)

    def insert(self, table: Table, **values: Any) -> None:
        """A row that is not in the database; columns left out are null."""
        row = complete(table, values)
        key = identity(table, row)
        rows = self.of(table)
        rows.full[key] = row
        rows.fresh.add(key)
        rows.born.add(key)
        rows.deleted.discard(key)

    def put(self, table: Table, **values: Any) -> None:
        """A row known in full that may be in the database already."""
        row = complete(table, values)
        key = identity(table, row)
        rows = self.of(table)
        rows.full[key] = row
        rows.deleted.discard(key)
        if key not in rows.fresh:
            rows.dirty.add(key)

    def update(self, table: Table, *key: Any, **changes: Any) -> None:
        """Change some columns of one row."""
        rows = self.of(table)
        row = rows.full.get(key)
        if row is None:
            rows.patches.setdefault(key, {}).update(changes)
            return
        _change(row, changes)
        if key not in rows.fresh:
            rows.dirty.add(key)

    def delete(self, table: Table, *key: Any) -> None:
        """The row goes; one never written leaves no trace."""
        rows = self.of(table)
        rows.full.pop(key, None)
        rows.patches.pop(key, None)
        rows.dirty.discard(key)
        if key in rows.fresh:
            rows.fresh.discard(key)
        else:
            rows.deleted.add(key)

    def close(
        self,
        table: Table,
        match: Mapping[str, Any],
        changes: Mapping[str, Any] | None,
        guard: tuple[str, Iterable[Any]] | None = None,
        *,
        stored: bool = True,
    ) -> None:
        """Change (or, without changes, delete) every row that matches, seen or not.

        ``stored`` False: the database is known to hold none of them.
        """
        closure = Closure(
            tuple(match.items()),
            None if guard is None else (guard[0], tuple(guard[1])),
            None if changes is None else tuple(changes.items()),
        )
        rows = self.of(table)
        if stored:
            rows.closures.append(closure)
        for key in [key for key, row in rows.full.items() if closure.hits(row)]:
            if changes is None:
                self.delete(table, *key)
            else:
                self.update(table, *key, **changes)

    def find(self, table: Table, **match: Any) -> Iterator[Row]:
        """Rows known in full that match."""
        for row in self.of(table).full.values():
            if all(row[name] == value for name, value in match.items()):
                yield row


def complete(table: Table, values: Mapping[str, Any]) -> Row:
    """All columns of the table, those not given as null; an unknown column is a bug."""
    row: Row = dict.fromkeys(table.columns.keys())
    for name, value in values.items():
        if name not in row:
            raise KeyError(f"{table.name} has no column {name}")
        row[name] = value
    return row


def identity(table: Table, row: Mapping[str, Any]) -> PrimaryKey:
    """The primary key's values, in the order of its columns."""
    return tuple(row[column.name] for column in table.primary_key)


def _change(row: Row, changes: Mapping[str, Any]) -> None:
    row.update(changes)
    if row.get("revision") is not None and "revision" not in changes:
        row["revision"] += 1
