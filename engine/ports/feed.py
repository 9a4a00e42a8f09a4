"""Publishing what happened: the outbox's far end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from engine.domain.feed.records import Outline


class Feed(Protocol):
    """The relay's side of the feed."""

    def take(self, roots: int, per_root: int) -> Sequence[Outline]:
        """Unpublished events of at most so many roots nobody holds, per root in order; the
        roots are locked for this transaction and marked as published that far."""

    def append(self, events: Sequence[Outline]) -> int:
        """Give them the next positions, in this order; the head afterwards."""
