"""``engine.ports.connectors`` in SQL; one statement per call that went well or not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from engine.domain.connectors import Health
from engine.store.tables import connector_health as table
from engine.store.transaction import Transaction


class SqlConnectors:
    """Health rows."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def health(self) -> Mapping[str, Health]:
        """By id."""
        rows = self._tx.read(select(table).order_by(table.c.id))
        return {row.id: Health(**row._mapping) for row in rows}

    def succeeded(self, id: str, at: datetime) -> None:
        """A call was answered."""
        self._put(id, {"failures": 0, "reason": None, "last_success": at})

    def failed(self, id: str, at: datetime, reason: str) -> None:
        """One more failure in a row."""
        changes = {"failures": table.c.failures + 1, "reason": reason, "last_failure": at}
        self._put(id, changes, {"failures": 1, "reason": reason, "last_failure": at})

    def _put(
        self, id: str, changes: Mapping[str, Any], first: Mapping[str, Any] | None = None
    ) -> None:
        insert = sqlite.insert if self._tx.is_sqlite else postgresql.insert
        statement = insert(table).values(id=id, **(first or changes))
        self._tx.write(statement.on_conflict_do_update(index_elements=["id"], set_=dict(changes)))
