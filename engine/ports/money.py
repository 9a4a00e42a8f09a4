"""What commands ask of duties and receipts; the rows follow from events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from engine.domain.dossier.money import DutyRecord
from engine.domain.ids import Key


class Money(Protocol):
    """Read under the lock of the dossier's root."""

    def find(self, payment_code: str, tenant_id: str) -> DutyRecord | None:
        """The duty a payer quotes."""

    def duties(self, root_key: Key) -> Sequence[DutyRecord]:
        """All duties of a dossier, oldest first."""

    def receipt_number(self, external_id: str, tenant_id: str) -> str | None:
        """The receipt an outside payment already has."""

    def next_number(self, series: str, tenant_id: str) -> str:
        """The next receipt number of a series; gap-free like dossier codes."""
