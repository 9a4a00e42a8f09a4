"""Duties and receipts as rows; the dossier's finance axis goes with them."""

from __future__ import annotations

from engine.domain.events.money import DutyDetermined, ReceiptWritten
from engine.store.appliers.registry import Projection, applies
from engine.store.tables import dossier, duty, receipt


@applies(DutyDetermined)
def _determined(event: DutyDetermined, to: Projection) -> None:
    to.rows.insert(
        duty,
        key=event.key,
        root_key=to.root_key,
        payment_code=event.payment_code,
        lines=list(event.lines),
        amount=event.amount,
        exemption=event.exemption,
        state=event.state,
        paid=0,
        refunded=0,
        blocking=event.blocking,
        created_at=to.at,
        **to.seen_by(),
    )
    to.rows.update(dossier, event.dossier_key, finance=event.finance, updated_at=to.at)


@applies(ReceiptWritten)
def _receipt(event: ReceiptWritten, to: Projection) -> None:
    to.rows.insert(
        receipt,
        key=event.key,
        root_key=to.root_key,
        duty_key=event.duty_key,
        kind=event.kind,
        method=event.method,
        amount=event.amount,
        number=event.number,
        external_id=event.external_id,
        taken_at=event.taken_at,
        day=event.day,
        cashier=event.cashier,
        at=to.at,
        **to.seen_by(),
    )
    settled = {"settled_at": to.at} if event.state == "paid" else {}
    to.rows.update(
        duty,
        event.duty_key,
        state=event.state,
        paid=event.paid,
        refunded=event.refunded,
        **settled,
    )
    to.rows.update(dossier, event.dossier_key, finance=event.finance, updated_at=to.at)
