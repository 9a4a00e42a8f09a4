"""Leases of our own worker in SQL.

A heartbeat writes the job's row only, never its root: it must not wait for
whoever is just changing the instance.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, bindparam, func, select, tuple_, update

from engine.domain.ids import Key
from engine.domain.records import JobRecord
from engine.store.jobs import READY, SqlJobs, leasing
from engine.store.sqltypes import RealNow
from engine.store.tables import job
from engine.store.transaction import Transaction

NEVER = datetime(9999, 1, 1, tzinfo=UTC)

_OF_TYPES = job.c.type.in_(bindparam("types", expanding=True))
_READY_TYPES = (
    select(job.c.type)
    .where(READY, job.c.kind != "INTERNAL", _OF_TYPES)
    .group_by(job.c.type)
    .order_by(func.min(job.c.created_at, type_=job.c.created_at.type), job.c.type)
)
_READY_KEYS = (
    select(job.c.key)
    .where(READY, job.c.kind != "INTERNAL", _OF_TYPES)
    .order_by(job.c.priority.desc(), job.c.created_at, job.c.key)
    .limit(bindparam("at_most"))
)
_TAKE = leasing(job.c.kind != "INTERNAL", _OF_TYPES)
_TAKE_ONE = leasing(job.c.key == bindparam("k"))
_RENEW = (
    update(job)
    .where(job.c.open, tuple_(job.c.key, job.c.fence).in_(bindparam("held", expanding=True)))
    .values(lease_until=RealNow() + bindparam("lease_ms", type_=BigInteger))
    .returning(job.c.key)
)


class SqlLeases:
    """``engine.ports.leases.Leases`` in SQL."""

    def __init__(self, tx: Transaction, jobs: SqlJobs) -> None:
        self._tx = tx
        self._jobs = jobs

    def ready_types(self, types: Collection[str]) -> Sequence[str]:
        """Types with a job to give, the longest waiting first."""
        if not types:
            return []
        return [row.type for row in self._tx.read(_READY_TYPES, {"types": sorted(types)})]

    def ready_keys(self, types: Collection[str], limit: int) -> Sequence[Key]:
        """Keys of jobs to give."""
        if not types:
            return []
        rows = self._tx.read(_READY_KEYS, {"types": sorted(types), "at_most": limit})
        return [row.key for row in rows]

    def take(
        self, types: Collection[str], worker: str, seconds: float, limit: int
    ) -> Sequence[JobRecord]:
        """Lease up to ``limit`` jobs of these types."""
        if not types:
            return []
        more: dict[str, Any] = {"types": sorted(types)}
        return self._jobs.leased(_TAKE, worker, seconds, limit, more)

    def take_one(self, key: Key, worker: str, seconds: float) -> JobRecord | None:
        """Lease this job, or None."""
        found = self._jobs.leased(_TAKE_ONE, worker, seconds, 1, {"k": key})
        return found[0] if found else None

    def renew(self, held: Mapping[Key, int], seconds: float) -> frozenset[Key]:
        """Prolong; a job whose fence has moved on is somebody else's."""
        if not held:
            return frozenset()
        rows = self._tx.write(
            _RENEW, {"held": sorted(held.items()), "lease_ms": int(seconds * 1000)}
        )
        return frozenset(row.key for row in rows)

    def park(self, key: Key, until: datetime | None) -> None:
        """Give it back without a result."""
        self._tx.rows.update(
            job,
            key,
            worker=None,
            lease_until=None,
            lost=0,
            retry_at=NEVER if until is None else until,
        )
