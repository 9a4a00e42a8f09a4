"""Rows of law in SQL, and the book each process keeps of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, update

from engine.domain.law import LawBook, LawRow, book_of
from engine.ports.law import Origin
from engine.store.flush import upsert
from engine.store.tables import law_revision, law_row
from engine.store.transaction import Transaction

_REVISION = select(law_revision.c.revision).where(law_revision.c.id == 1)
_ROWS = select(law_row).order_by(law_row.c.kind, law_row.c.id)
_BY_ROUTE = select(
    law_row.c.kind, law_row.c.id, law_row.c.effective_from, law_row.c.changed_by
).where(law_row.c.origin == "route")


@dataclass
class LawCache:
    """The newest book this process has read."""

    book: LawBook | None = None


class SqlLaw:
    """``engine.ports.law.LawTable`` in SQL."""

    def __init__(self, tx: Transaction, cache: LawCache) -> None:
        self._tx = tx
        self._cache = cache
        self._changed = False

    def book(self) -> LawBook:
        """All rows, from memory when their revision is known."""
        revision = int(self._tx.read(_REVISION).scalar_one())
        kept = self._cache.book
        if kept is not None and kept.revision == revision and not self._changed:
            return kept
        book = book_of((_law_row(row._asdict()) for row in self._tx.read(_ROWS)), revision)
        # What this transaction wrote may still be rolled back.
        if not self._changed:
            self._cache.book = book
        return book

    def changed_by_route(self) -> Mapping[tuple[str, str, str], str]:
        """Rows that files leave alone."""
        rows = self._tx.read(_BY_ROUTE)
        return {(row.kind, row.id, row.effective_from): row.changed_by for row in rows}

    def put(self, rows: Sequence[LawRow], origin: Origin) -> None:
        """Upsert; the revision's row is the lock of all who write law."""
        self._tx.write(
            update(law_revision)
            .where(law_revision.c.id == 1)
            .values(revision=law_revision.c.revision + 1)
        )
        self._changed = True
        written = [
            _columns(row)
            | {
                "origin": origin,
                "changed_by": self._tx.actor.name,
                "changed_at": self._tx.now,
            }
            for row in rows
        ]
        if written:
            self._tx.write(upsert(law_row, self._tx.connection.dialect.name), written)


def _columns(row: LawRow) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "id": row.id,
        "effective_from": row.effective_from.isoformat(),
        "effective_to": row.effective_to and row.effective_to.isoformat(),
        "body": row.body,
        "source": row.source,
        "verified": row.verified,
        "decision": row.decision,
    }


def _law_row(row: Mapping[str, Any]) -> LawRow:
    end = row["effective_to"]
    return LawRow(
        kind=row["kind"],
        id=row["id"],
        effective_from=date.fromisoformat(row["effective_from"]),
        effective_to=None if end is None else date.fromisoformat(end),
        body=row["body"],
        source=row["source"],
        verified=row["verified"],
        decision=row["decision"],
    )
