"""Lease jobs to workers and to ourselves.

A lease ends by the database's real clock. PostgreSQL skips rows others hold;
SQLite's one writer needs no skipping.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Update,
    and_,
    bindparam,
    case,
    delete,
    or_,
    select,
    update,
)

from engine.domain.actors import Actor
from engine.domain.ids import Key
from engine.domain.jobs.types import INSIDE
from engine.domain.records import JobRecord, Visibility
from engine.errors import Conflict
from engine.store import codec, mapping, scopes
from engine.store.roots import SUSPENDED, internal_job
from engine.store.sqltypes import RealNow
from engine.store.tables import job, process_instance
from engine.store.transaction import Transaction
from engine.store.visibility import visible_to

LONGEST_PAUSE = 3600
READY = and_(
    job.c.open,
    job.c.retries > 0,
    or_(job.c.lease_until.is_(None), job.c.lease_until <= RealNow()),
    or_(job.c.retry_at.is_(None), job.c.retry_at <= RealNow()),
    # What was sent already goes on; a suspended model's own work stands still.
    or_(job.c.kind == "INTERNAL", job.c.root_key.not_in(SUSPENDED)),
)


def leasing(*conditions: ColumnElement[bool]) -> Update:
    """Lease the first ready rows, FIFO within priority."""
    picked = (
        select(job.c.key)
        .where(READY, *conditions)
        .order_by(job.c.priority.desc(), job.c.created_at, job.c.key)
        .limit(bindparam("at_most"))
        .with_for_update(skip_locked=True)
        .cte("picked")
        # Without this PostgreSQL may run the choice again for every row.
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
    return (
        update(job)
        .where(job.c.key.in_(select(picked.c.key)))
        .values(
            worker=bindparam("v_worker"),
            lease_until=RealNow() + bindparam("lease_ms", type_=BigInteger),
            fence=job.c.fence + 1,
            lost=job.c.lost + case((job.c.lease_until.is_(None), 0), else_=1),
        )
        .returning(job)
    )


_TOLD = select(
    process_instance.c.key, process_instance.c.business_id, process_instance.c.tags
).where(process_instance.c.key.in_(bindparam("keys", expanding=True)))
_LEASE_INTERNAL = leasing(or_(job.c.kind == "INTERNAL", job.c.type.in_(sorted(INSIDE))))


class SqlJobs:
    """``engine.ports.store.Jobs`` in SQL."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def activate(
        self, actor: Actor, type: str, worker: str, lease_seconds: float, limit: int
    ) -> Sequence[JobRecord]:
        """Lease up to ``limit`` jobs of a type the actor may see."""
        statement = leasing(job.c.kind != "INTERNAL", job.c.type == type, visible_to(actor, job))
        return self.leased(statement, worker, lease_seconds, limit)

    def due_internal(self, limit: int, lease_seconds: float) -> Sequence[JobRecord]:
        """Lease our own jobs, and a model's whose handler runs inside."""
        return self.leased(_LEASE_INTERNAL, "motcua", lease_seconds, limit)

    def add_internal(self, type: str, payload: Mapping[str, object]) -> Key:
        """A job for our own worker, in this transaction."""
        actor = self._tx.actor
        seen_by = Visibility(tenant_id=actor.tenant_id, unit_id=actor.unit_id)
        row = internal_job(self._tx, type, payload, seen_by)
        self._tx.rows.insert(job, **row)
        return int(row["key"])

    def finish_internal(self, key: Key) -> None:
        """The internal job is done; nothing is left to show, so the row goes."""
        self._tx.flush()
        if self._tx.write(delete(job).where(job.c.key == key)).rowcount != 1:
            raise Conflict("Another worker has done this job.", code="job-done")

    def fail_internal(self, key: Key, message: str) -> None:
        """One retry less, and a pause that doubles up to an hour."""
        retries = self._tx.read(select(job.c.retries).where(job.c.key == key)).scalar()
        if retries is None:
            return
        left = max(retries - 1, 0)
        pause = min(2 ** (20 - left), LONGEST_PAUSE)
        self._tx.rows.update(
            job,
            key,
            state="FAILED",
            retries=left,
            retry_at=self._tx.real_now + timedelta(seconds=pause),
            lease_until=None,
            error_message=message,
        )

    def variables(
        self, jobs: Sequence[JobRecord], names: Sequence[str] | None
    ) -> Mapping[Key, Mapping[str, object]]:
        """What each job sees, decimals as ``Decimal``."""
        parameters: dict[str, Any] = {"keys": [record.element_key for record in jobs]}
        statement = scopes.ALL
        if names is not None:
            statement, parameters["names"] = scopes.NAMED, list(names)
        seen: dict[Key, dict[str, object]] = {}
        for row in self._tx.read(statement, parameters):
            seen.setdefault(row.element_key, {})[row.name] = codec.loads(row.value)
        return {record.key: seen.get(record.element_key, {}) for record in jobs}

    def leased(
        self,
        statement: Update,
        worker: str,
        lease_seconds: float,
        limit: int,
        more: Mapping[str, Any] | None = None,
    ) -> Sequence[JobRecord]:
        """Run a leasing statement; the rows in the order in which they should be worked off."""
        self._tx.flush()
        lease = {"v_worker": worker, "lease_ms": int(lease_seconds * 1000), "at_most": limit}
        rows = self._tx.write(statement, lease | dict(more or {})).all()
        found = sorted(rows, key=lambda row: (-row.priority, row.created_at, row.key))
        told = self._of_instances({row.instance_key for row in rows} - {None})
        return [
            mapping.job(row._asdict() | told.get(row.instance_key, {}), self._tx.definition)
            for row in found
        ]

    def _of_instances(self, keys: set[Key]) -> Mapping[Key, dict[str, Any]]:
        if not keys:
            return {}
        rows = self._tx.connection.execute(_TOLD, {"keys": sorted(keys)})
        return {row.key: {"business_id": row.business_id, "tags": row.tags} for row in rows}
