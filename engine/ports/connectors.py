"""How the systems we ask are doing: operating facts, no history and no law."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from engine.domain.connectors import Health


class Connectors(Protocol):
    """One row per connector that was ever called."""

    def health(self) -> Mapping[str, Health]:
        """By id."""

    def succeeded(self, id: str, at: datetime) -> None:
        """A call was answered."""

    def failed(self, id: str, at: datetime, reason: str) -> None:
        """A call was not answered, or only by a fault of the other side."""
