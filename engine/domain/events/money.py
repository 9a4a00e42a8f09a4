"""Duties and receipts of dossiers: codes and sums, never who paid."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.events.event import Event
from engine.domain.ids import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyDetermined(Event):
    """``lines`` are rows of the fee table; ``exemption`` is the law's own text."""

    wire = "motcua.dossier.duty_determined.v1"
    key: Key
    dossier_key: Key
    payment_code: str
    amount: int
    blocking: bool
    state: str
    finance: str
    exemption: str | None = None
    lines: tuple[dict[str, object], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptWritten(Event):
    """Money came (``payment``) or went back (``refund``); sums of the duty after it."""

    wire = "motcua.dossier.receipt_written.v1"
    key: Key
    duty_key: Key
    dossier_key: Key
    kind: str
    method: str
    amount: int
    number: str
    taken_at: str
    day: str
    cashier: str
    state: str
    paid: int
    refunded: int
    finance: str
    external_id: str | None = None
