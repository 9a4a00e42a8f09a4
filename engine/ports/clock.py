"""Time from outside."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The machine's clock: aware, UTC. Business time may be pinned in the database on top of it."""

    def now(self) -> datetime:
        """The instant, to the millisecond."""
