"""``engine.ports.notifications`` in SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, literal, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.domain.actors import Actor
from engine.domain.ids import Key
from engine.ports.notifications import Notice
from engine.store.roots import seen_by
from engine.store.sqltypes import fits
from engine.store.tables import notification as table
from engine.store.transaction import Transaction


class SqlNotifications:
    """Rows of ``notification``."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, notice: Notice) -> int:
        """A row per recipient."""
        insert = sqlite.insert if self._tx.is_sqlite else postgresql.insert
        rows = [
            {
                "key": self._tx.next_key(),
                "root_key": notice.job.root_key,
                "job_key": notice.job.key,
                "recipient": name,
                "kind": kind,
                "subject": notice.subject,
                "text": notice.text,
                "created_at": self._tx.now,
                **seen_by(notice.job.visibility),
            }
            for kind, name in notice.recipients
        ]
        return self._tx.write(insert(table).on_conflict_do_nothing(), rows).rowcount

    def of(self, actor: Actor, limit: int, *, unread: bool) -> Sequence[Mapping[str, object]]:
        """The newest first."""
        statement = select(table).where(_theirs(actor))
        if unread:
            statement = statement.where(table.c.read_at.is_(None))
        rows = self._tx.read(statement.order_by(table.c.key.desc()).limit(limit))
        return [dict(row._mapping) for row in rows]

    def read(self, key: Key, actor: Actor, at: datetime) -> bool:
        """The first reading counts."""
        if not fits(key):
            return False
        done = self._tx.write(
            update(table)
            .where(table.c.key == key, _theirs(actor))
            .values(
                read_at=func.coalesce(table.c.read_at, literal(at, table.c.read_at.type)),
                read_by=func.coalesce(table.c.read_by, actor.name),
            )
        )
        return done.rowcount == 1


def _theirs(actor: Actor) -> ColumnElement[bool]:
    return and_(
        table.c.tenant_id == actor.tenant_id,
        or_(
            and_(table.c.kind == "user", table.c.recipient == actor.name),
            and_(table.c.kind == "group", table.c.recipient.in_(actor.groups)),
        ),
    )
