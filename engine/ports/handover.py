"""What commands ask of hand-overs; their rows follow from events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from engine.domain.dossier.handover import HandOver
from engine.domain.ids import Key


class HandOvers(Protocol):
    """Read under the dossier's root lock."""

    def open_of(self, dossier_key: Key) -> HandOver | None:
        """The offer that waits for an answer."""

    def read(self, key: Key) -> HandOver:
        """``NotFound`` when there is none."""

    def overdue(self, now: datetime, limit: int) -> Sequence[HandOver]:
        """Offers nobody answered in time, the oldest first."""
