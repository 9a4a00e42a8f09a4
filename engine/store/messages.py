"""Published messages that wait, and the subscriptions they meet.

Whoever keeps a message and whoever opens a subscription take the same lock
(name and correlation key), so neither can miss the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from engine.domain.ids import Key
from engine.domain.records import MessageRecord, WaitRecord
from engine.store import locks, mapping
from engine.store.rows import Row
from engine.store.tables import message, message_taken, subscription
from engine.store.transaction import Transaction

_FIND = select(message).where(message.c.key == bindparam("k"))
_WAITS = (
    select(subscription)
    .where(
        subscription.c.root_key == bindparam("k"),
        subscription.c.kind == "message",
        subscription.c.state == "CREATED",
    )
    .order_by(subscription.c.key)
)
_TAKEN = select(message_taken.c.process_id).where(message_taken.c.message_key == bindparam("k"))


class Mailbox:
    """Messages of one transaction."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._asked: set[Key] = set()

    def keep(self, row: Mapping[str, Any]) -> bool:
        """Insert unless an unexpired message has the same id."""
        locks.hold(self._tx, [_lock(row["name"], row["correlation_key"])])
        if row["message_id"] is not None:
            same = [
                message.c[name] == row[name]
                for name in ("tenant_id", "name", "correlation_key", "message_id")
            ]
            expired = message.c.expires_at <= row["published_at"]
            self._tx.write(delete(message).where(*same, expired))
        make = sqlite.insert if self._tx.is_sqlite else postgresql.insert
        kept = make(message).on_conflict_do_nothing().returning(message.c.key)
        return self._tx.write(kept, row).first() is not None

    def find(self, key: Key) -> tuple[MessageRecord, frozenset[str]] | None:
        """The message and who took it."""
        row = self._tx.read(_FIND, {"k": key}).one_or_none()
        if row is None:
            return None
        taken = frozenset(self._tx.read(_TAKEN, {"k": key}).scalars())
        return _record(row._asdict()), taken

    def take(self, key: Key, process_id: str) -> None:
        """Once per process."""
        row = {"message_key": key, "process_id": process_id}
        self._tx.write(insert(message_taken), row)

    def for_new_waits(
        self, root_key: Key, now: datetime
    ) -> Sequence[tuple[MessageRecord, WaitRecord]]:
        """At most one message per subscription, and no message twice to one process."""
        return self._for(self._new_waits(root_key), now)

    def for_open_waits(
        self, root_key: Key, now: datetime
    ) -> Sequence[tuple[MessageRecord, WaitRecord]]:
        """Likewise for all subscriptions of a root that did not listen for a while."""
        found = self._tx.read(_WAITS, {"k": root_key})
        return self._for([row._asdict() for row in found], now)

    def _for(
        self, waits: Sequence[Row], now: datetime
    ) -> Sequence[tuple[MessageRecord, WaitRecord]]:
        if not waits:
            return ()
        locks.hold(self._tx, [_lock(row["name"], row["correlation_key"]) for row in waits])
        pairs = {(row["name"], row["correlation_key"]) for row in waits}
        found = self._tx.read(
            select(message)
            .where(
                tuple_(message.c.name, message.c.correlation_key).in_(sorted(pairs)),
                message.c.tenant_id == waits[0]["tenant_id"],
                message.c.expires_at > now,
            )
            .order_by(message.c.published_at, message.c.key)
            .with_for_update()
        ).all()
        return self._match(waits, [row._asdict() for row in found])

    def _new_waits(self, root_key: Key) -> list[Row]:
        born = self._tx.rows.of(subscription).born
        waits = [
            row
            for row in self._tx.rows.find(
                subscription, root_key=root_key, kind="message", state="CREATED"
            )
            if (row["key"],) in born and row["key"] not in self._asked
        ]
        self._asked.update(row["key"] for row in waits)
        return waits

    def _match(
        self, waits: Sequence[Row], messages: Sequence[Row]
    ) -> list[tuple[MessageRecord, WaitRecord]]:
        if not messages:
            return []
        keys = [row["key"] for row in messages]
        taken = {
            (row.message_key, row.process_id)
            for row in self._tx.read(
                select(message_taken).where(message_taken.c.message_key.in_(keys))
            )
        }
        matches = []
        for wait in waits:
            for row in messages:
                place = (row["key"], wait["process_id"])
                alike = all(row[n] == wait[n] for n in ("name", "correlation_key"))
                if alike and place not in taken:
                    taken.add(place)
                    matches.append((_record(row), mapping.wait(wait)))
                    break
        return matches


def _lock(name: str, correlation_key: str) -> str:
    return f"message|{name}|{correlation_key}"


def _record(row: Mapping[str, Any]) -> MessageRecord:
    return MessageRecord(
        key=row["key"],
        name=row["name"],
        correlation_key=row["correlation_key"],
        variables=row["variables"],
        tenant_id=row["tenant_id"],
    )
