"""Registers' items and electronic copies in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_, select

from engine.domain.actors import Actor
from engine.domain.ids import Key
from engine.errors import NotFound
from engine.ports.registers import ElectronicCopy, RegisterItem
from engine.store.documents import sees_document
from engine.store.sqltypes import fits
from engine.store.tables import document, electronic_copy, register_item
from engine.store.transaction import Transaction
from engine.store.visibility import below

_MOST = 100


class SqlRegisters:
    """``engine.ports.registers.Registers`` in SQL."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def item(self, key: Key, actor: Actor) -> RegisterItem:
        """One item."""
        one = self._of_tenant(actor).where(register_item.c.key == key)
        row = self._tx.read(one).one_or_none() if fits(key) else None
        if row is None:
            raise NotFound("There is no such item of a register.", code="register-item-unknown")
        return _item(row)

    def of_holder(
        self, holder: str, kind: str | None, on: str, actor: Actor
    ) -> Sequence[RegisterItem]:
        """What holds on a day."""
        until = register_item.c.valid_until
        found = self._of_tenant(actor).where(
            register_item.c.holder == holder,
            register_item.c.state == "VALID",
            or_(until.is_(None), until >= on),
        )
        if kind is not None:
            found = found.where(register_item.c.kind == kind)
        newest = found.order_by(register_item.c.issued_on.desc(), register_item.c.key.desc())
        return [_item(row) for row in self._tx.read(newest.limit(_MOST))]

    def copy(self, key: Key, actor: Actor) -> ElectronicCopy:
        """One copy."""
        one = (
            select(electronic_copy)
            .join(document, document.c.key == electronic_copy.c.document_key)
            .where(electronic_copy.c.key == key, sees_document(actor))
        )
        row = self._tx.read(one).one_or_none() if fits(key) else None
        if row is None:
            raise NotFound("There is no such electronic copy.", code="copy-unknown")
        names = ("key", "root_key", "document_key", "state", "number", "manifest", "signature")
        return ElectronicCopy(**{name: getattr(row, name) for name in names})

    def _of_tenant(self, actor: Actor) -> Any:
        sees = below(actor, register_item).label("sees")
        return select(register_item, sees).where(register_item.c.tenant_id == actor.tenant_id)


def _item(row: Any) -> RegisterItem:
    return RegisterItem(
        key=row.key,
        root_key=row.root_key,
        register=row.register,
        kind=row.kind,
        number=row.number,
        issuer=row.issuer,
        issued_on=row.issued_on,
        valid_until=row.valid_until,
        document_key=row.document_key,
        state=row.state,
        sees=bool(row.sees),
    )
