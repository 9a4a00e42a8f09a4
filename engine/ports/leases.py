"""Leases of our own worker on the jobs of built-in types, by the database's real clock."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from engine.domain.ids import Key
from engine.domain.records import JobRecord


class Leases(Protocol):
    """A lease ends by itself; its fence number is what a completion is checked with."""

    def ready_types(self, types: Collection[str]) -> Sequence[str]:
        """Those of ``types`` that have a job to give, the longest waiting first."""

    def ready_keys(self, types: Collection[str], limit: int) -> Sequence[Key]:
        """Keys of jobs to give, by priority, then oldest first; nothing is leased."""

    def take(
        self, types: Collection[str], worker: str, seconds: float, limit: int
    ) -> Sequence[JobRecord]:
        """Lease up to ``limit`` jobs, FIFO within priority, skipping locked rows."""

    def take_one(self, key: Key, worker: str, seconds: float) -> JobRecord | None:
        """Lease this job; None when it is done, held by others or not due yet."""

    def renew(self, held: Mapping[Key, int], seconds: float) -> frozenset[Key]:
        """Prolong leases (job key -> fence); the keys that are still ours."""

    def park(self, key: Key, until: datetime | None) -> None:
        """Give an open job back; nobody gets it before ``until``, or never without one."""
