"""Hand-overs in SQL: the open one of a dossier, one by key, those nobody answered in time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from engine.domain.dossier.handover import HandOver
from engine.domain.ids import Key
from engine.errors import NotFound
from engine.store.sqltypes import fits
from engine.store.tables import hand_over
from engine.store.transaction import Transaction

_FIELDS = (
    "key", "dossier_key", "tenant_id", "from_agency", "from_unit", "to_agency", "to_unit",
    "state", "answer_by",
)  # fmt: skip


class SqlHandOvers:
    """``engine.ports.handover.HandOvers`` in SQL."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def open_of(self, dossier_key: Key) -> HandOver | None:
        """The offer that waits for an answer."""
        mine = (hand_over.c.dossier_key == dossier_key, hand_over.c.state == "offered")
        return next(iter(self._read(*mine)), None)

    def read(self, key: Key) -> HandOver:
        """The row."""
        found = self._read(hand_over.c.key == key) if fits(key) else []
        if not found:
            raise NotFound("There is no such hand-over.")
        return found[0]

    def overdue(self, now: datetime, limit: int) -> Sequence[HandOver]:
        """The oldest first."""
        late = (hand_over.c.state == "offered", hand_over.c.answer_by <= now)
        return self._read(*late, limit=limit)

    def _read(self, *where: ColumnElement[bool], limit: int = 1) -> list[HandOver]:
        query = select(hand_over).where(*where).order_by(hand_over.c.answer_by).limit(limit)
        return [_record(row) for row in self._tx.read(query)]


def _record(row: Any) -> HandOver:
    return HandOver(**{name: getattr(row, name) for name in _FIELDS})
