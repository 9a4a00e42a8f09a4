"""Timers, start events and subscriptions that wait in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, delete, func, select, update

from engine.domain.ids import Key
from engine.domain.records import MessageRecord, StartRecord, WaitRecord
from engine.store import mapping
from engine.store.messages import Mailbox
from engine.store.roots import SUSPENDED
from engine.store.tables import (
    process_definition,
    start_subscription,
    start_timer,
    subscription,
    timer,
)
from engine.store.transaction import Transaction

_DUE_ROOTS = (
    select(timer.c.root_key)
    .where(
        timer.c.due_at <= bindparam("now", type_=timer.c.due_at.type),
        timer.c.root_key.not_in(SUSPENDED),
    )
    .group_by(timer.c.root_key)
    .order_by(func.min(timer.c.due_at), timer.c.root_key)
    .limit(bindparam("at_most"))
)
_DUE_TIMERS = (
    select(timer)
    .where(
        timer.c.root_key == bindparam("k"),
        timer.c.due_at <= bindparam("now", type_=timer.c.due_at.type),
    )
    .order_by(timer.c.due_at, timer.c.element_key, timer.c.index)
)
_TIMERS = (
    select(timer)
    .where(timer.c.root_key == bindparam("k"))
    .order_by(timer.c.due_at, timer.c.element_key, timer.c.index)
)
_DUE_STARTS = (
    select(start_timer, process_definition.c.created_at)
    .join(process_definition, process_definition.c.key == start_timer.c.definition_key)
    .where(start_timer.c.due_at <= bindparam("now", type_=start_timer.c.due_at.type))
    .order_by(start_timer.c.due_at, start_timer.c.definition_key, start_timer.c.element_id)
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True, of=start_timer)
)
_OPEN = select(subscription).where(
    subscription.c.state == "CREATED",
    subscription.c.kind == bindparam("kind"),
    subscription.c.name == bindparam("name"),
    subscription.c.tenant_id == bindparam("tenant"),
    subscription.c.root_key.not_in(SUSPENDED),
)
_IS_OPEN = select(subscription.c.key).where(
    subscription.c.element_key == bindparam("k"),
    subscription.c.index == bindparam("i"),
    subscription.c.state == "CREATED",
)
_STARTS = (
    select(start_subscription)
    .join(process_definition)
    .where(
        start_subscription.c.kind == bindparam("kind"),
        start_subscription.c.name == bindparam("name"),
        start_subscription.c.tenant_id == bindparam("tenant"),
    )
    .order_by(start_subscription.c.definition_key, start_subscription.c.element_id)
)


def _first_per_instance() -> Select[Any]:
    place = func.row_number().over(
        partition_by=subscription.c.instance_key, order_by=subscription.c.key
    )
    numbered = (
        _OPEN.where(subscription.c.correlation_key == bindparam("correlation_key"))
        .add_columns(place.label("place"))
        .subquery()
    )
    return (
        select(numbered)
        .where(numbered.c.place == 1)
        .order_by(numbered.c.opened_at, numbered.c.key)
        .limit(bindparam("at_most"))
    )


_RECEIVERS = _first_per_instance()
_HEARERS = _OPEN.order_by(subscription.c.opened_at, subscription.c.key)


class SqlWaits:
    """``engine.ports.store.Waits`` in SQL."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._mailbox = Mailbox(tx)

    def due_roots(self, now: datetime, limit: int) -> Sequence[Key]:
        """Roots with a due timer, the oldest first."""
        rows = self._tx.read(_DUE_ROOTS, {"now": now, "at_most": limit})
        return list(rows.scalars())

    def due_timers(self, root_key: Key, now: datetime) -> Sequence[WaitRecord]:
        """The due timers of one root."""
        rows = self._tx.read(_DUE_TIMERS, {"k": root_key, "now": now})
        return [mapping.wait(row._asdict()) for row in rows]

    def all_timers(self, root_key: Key) -> Sequence[WaitRecord]:
        """Every timer of one root."""
        rows = self._tx.read(_TIMERS, {"k": root_key})
        return [mapping.wait(row._asdict() | {"name": row.element_id}) for row in rows]

    def due_starts(
        self, now: datetime, limit: int, definition_key: Key | None = None
    ) -> Sequence[StartRecord]:
        """Due start timers nobody else fires now."""
        wanted = _DUE_STARTS
        if definition_key is not None:
            wanted = wanted.where(start_timer.c.definition_key == definition_key)
        rows = self._tx.read(wanted, {"now": now, "at_most": limit})
        return [self._start(row._asdict(), "timer") for row in rows.all()]

    def reschedule_start(self, start: StartRecord, due_at: datetime | None) -> None:
        """Fired once more; the next due time, or the end."""
        same = (
            start_timer.c.definition_key == start.definition.key,
            start_timer.c.element_id == start.element_id,
            start_timer.c.expression.is_not_distinct_from(start.expression),
        )
        if due_at is None:
            self._tx.write(delete(start_timer).where(*same))
            return
        fired = start_timer.c.repetitions + 1
        self._tx.write(update(start_timer).where(*same).values(due_at=due_at, repetitions=fired))

    def message_receivers(
        self, name: str, correlation_key: str, tenant_id: str, limit: int
    ) -> Sequence[WaitRecord]:
        """Open message subscriptions, oldest first, at most one per process instance."""
        parameters = {
            "kind": "message",
            "name": name,
            "correlation_key": correlation_key,
            "tenant": tenant_id,
            "at_most": limit,
        }
        return [mapping.wait(row._asdict()) for row in self._tx.read(_RECEIVERS, parameters)]

    def message_starts(self, name: str, tenant_id: str) -> Sequence[StartRecord]:
        """Message start events of latest versions."""
        return self._starts("message", name, tenant_id)

    def signal_receivers(self, name: str, tenant_id: str) -> Sequence[WaitRecord]:
        """All open signal subscriptions."""
        parameters = {"kind": "signal", "name": name, "tenant": tenant_id}
        return [mapping.wait(row._asdict()) for row in self._tx.read(_HEARERS, parameters)]

    def signal_starts(self, name: str, tenant_id: str) -> Sequence[StartRecord]:
        """Signal start events of latest versions."""
        return self._starts("signal", name, tenant_id)

    def is_open(self, element_key: Key, index: int) -> bool:
        """True while the subscription still waits."""
        return self._tx.read(_IS_OPEN, {"k": element_key, "i": index}).first() is not None

    def keep_message(
        self,
        key: Key,
        name: str,
        correlation_key: str,
        message_id: str | None,
        expires_at: datetime,
        variables: Mapping[str, object],
        tenant_id: str,
    ) -> bool:
        """Store a published message; False when its id is known already."""
        row = {
            "key": key,
            "name": name,
            "correlation_key": correlation_key,
            "message_id": message_id,
            "variables": dict(variables),
            "published_at": self._tx.now,
            "expires_at": expires_at,
            "tenant_id": tenant_id,
            "unit_id": self._tx.actor.unit_id,
            "procedure_code": None,
            "sealed": False,
        }
        return self._mailbox.keep(row)

    def message(self, key: Key) -> tuple[MessageRecord, frozenset[str]] | None:
        """A kept message and the process ids that took it."""
        return self._mailbox.find(key)

    def messages_for_new_waits(
        self, root_key: Key, now: datetime
    ) -> Sequence[tuple[MessageRecord, WaitRecord]]:
        """Kept messages for subscriptions this transaction opened."""
        return self._mailbox.for_new_waits(root_key, now)

    def messages_for_open_waits(
        self, root_key: Key, now: datetime
    ) -> Sequence[tuple[MessageRecord, WaitRecord]]:
        """Kept messages for every subscription the root has."""
        return self._mailbox.for_open_waits(root_key, now)

    def take_message(self, key: Key, process_id: str) -> None:
        """The process has taken the message."""
        self._mailbox.take(key, process_id)

    def _starts(self, kind: str, name: str, tenant_id: str) -> Sequence[StartRecord]:
        rows = self._tx.read(_STARTS, {"kind": kind, "name": name, "tenant": tenant_id}).all()
        return [self._start(row._asdict(), kind) for row in rows]

    def _start(self, row: Mapping[str, Any], kind: str) -> StartRecord:
        return mapping.start(row, kind, self._tx.definition)
