"""Dispatchers of built-in jobs, and what they need of the engine.

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

    def ready(self, types: Collection[str], limit: int) -> Sequence[Key]:
        """Keys of jobs that wait, without leasing them: what a relay publishes."""

    def claim_one(self, key: Key, worker: str, seconds: float) -> Work | None:
        """Read the row again and lease it; None when there is nothing to do any more."""

    def renew(self, held: Mapping[Key, int], seconds: float) -> frozenset[Key]:
        """Heartbeat: prolong leases (job key -> fence); the keys that are still ours."""

    def finish(self, work: Work, outcome: Outcome) -> bool:
        """Hand in an outcome; False when the lease was lost meanwhile: then nothing happened."""


class Dispatcher(Protocol):
    """Brings jobs and handlers together in one process; several may run on one database.

    What every implementation keeps to:

    1. Work begins with ``claim`` or ``claim_one`` and ends with ``finish``; in
       between no transaction is open and ``renew`` is called before the lease
       ends. Who does not renew is taken for dead.
    2. Between processes travels the key of a job and nothing else: no
       variables, no headers, no fence. Whoever gets a key reads the row again.
    3. A key may be lost, doubled, late or out of order. ``ready`` names it again
       for as long as the row waits; ``claim_one`` answers None for one that is
       done or held by somebody.
    4. ``False`` from ``finish`` is no error: somebody else has the job.
    """

    def start(self) -> None:
        """Begin, after the fork."""

    def stop(self, timeout: float) -> None:
        """Take no more, wait for what is under way; leases of the rest end by themselves."""
