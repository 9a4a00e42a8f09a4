"""What a dispatcher of built-in jobs needs of the engine.

The row is the truth: whoever wants to work on a job takes its lease first, and
only the holder of the newest lease can finish it. A job's key is therefore all
that ever has to travel, and a key that is lost or comes twice does no harm.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from engine.domain.ids import Key
from engine.domain.jobs.outcomes import Outcome, Work


class WorkSource(Protocol):
    """Leases and their ends; each call is a transaction of its own."""

    def claim(
        self, types: Collection[str], worker: str, seconds: float, limit: int
    ) -> Sequence[Work]:
        """Lease up to ``limit`` ready jobs; each type that waits gets its share."""

    def claim_one(self, key: Key, worker: str, seconds: float) -> Work | None:
        """Read the row again and lease it; None when there is nothing to do any more."""

    def renew(self, held: Mapping[Key, int], seconds: float) -> frozenset[Key]:
        """Heartbeat: prolong leases (job key -> fence); the keys that are still ours."""

    def finish(self, work: Work, outcome: Outcome) -> bool:
        """Hand in an outcome; False when the lease was lost meanwhile: then nothing happened."""
