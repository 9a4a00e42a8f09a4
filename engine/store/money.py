"""Duties and receipts in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from engine.domain.dossier import CodePattern
from engine.domain.dossier.money import DutyRecord
from engine.domain.ids import Key
from engine.store.dossiers import SqlDossiers
from engine.store.tables import duty, receipt
from engine.store.transaction import Transaction


class SqlMoney:
    """``engine.ports.money.Money`` in SQL."""

    def __init__(self, tx: Transaction, dossiers: SqlDossiers) -> None:
        self._tx = tx
        self._dossiers = dossiers

    def find(self, payment_code: str, tenant_id: str) -> DutyRecord | None:
        """The duty a payer quotes."""
        found = select(duty).where(
            duty.c.payment_code == payment_code, duty.c.tenant_id == tenant_id
        )
        row = self._tx.read(found).one_or_none()
        return None if row is None else _duty(row)

    def duties(self, root_key: Key) -> Sequence[DutyRecord]:
        """All duties of a dossier."""
        found = select(duty).where(duty.c.root_key == root_key).order_by(duty.c.key)
        return [_duty(row) for row in self._tx.read(found)]

    def receipt_number(self, external_id: str, tenant_id: str) -> str | None:
        """The receipt an outside payment already has."""
        found = select(receipt.c.number).where(
            receipt.c.external_id == external_id, receipt.c.tenant_id == tenant_id
        )
        return self._tx.read(found).scalar()

    def next_number(self, series: str, tenant_id: str) -> str:
        """Counted beside the dossier codes."""
        return self._dossiers.issue_code(CodePattern(), series, tenant_id)


def _duty(row: Any) -> DutyRecord:
    return DutyRecord(
        key=row.key,
        root_key=row.root_key,
        payment_code=row.payment_code,
        amount=row.amount,
        paid=row.paid,
        refunded=row.refunded,
        blocking=row.blocking,
        exemption=row.exemption,
        lines=tuple(row.lines),
    )
