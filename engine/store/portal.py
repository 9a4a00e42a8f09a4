"""The portal queue in SQL: steps in published order; those of one dossier never overtake."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer, bindparam, func, insert, select, update

from engine.domain.ids import Key
from engine.domain.portal import Difference, PortalMessage
from engine.domain.portal.reconciliation import Ours
from engine.store.tables import (
    dossier,
    event,
    feed,
    portal_cursor,
    portal_message,
    reconciliation,
)
from engine.store.transaction import Transaction

_FIRST_WAIT = 5.0
_LONGEST_WAIT = 3600.0
_PUBLISHED = (
    select(feed.c.position, event.c.root_key, event.c.type, event.c.at, event.c.payload)
    .join(event, (event.c.root_key == feed.c.root_key) & (event.c.seq == feed.c.seq))
    .where(feed.c.position > bindparam("after"))
    .order_by(feed.c.position)
    .limit(bindparam("at_most", type_=Integer))
)
_earlier = portal_message.alias("earlier")
_DUE = (
    select(portal_message)
    .where(
        portal_message.c.sent_at.is_(None),
        (portal_message.c.next_at.is_(None)) | (portal_message.c.next_at <= bindparam("now")),
        ~select(_earlier.c.position)
        .where(
            _earlier.c.dossier_key == portal_message.c.dossier_key,
            _earlier.c.sent_at.is_(None),
            _earlier.c.position < portal_message.c.position,
        )
        .exists(),
    )
    .order_by(portal_message.c.position)
    .limit(bindparam("at_most", type_=Integer))
    .with_for_update(of=portal_message, skip_locked=True)
)
_SENT_BEFORE = (
    select(portal_message.c.dossier_key)
    .where(
        portal_message.c.dossier_key.in_(bindparam("keys", expanding=True)),
        portal_message.c.sent_at.is_not(None),
    )
    .distinct()
)


class SqlPortalQueue:
    """``engine.ports.portal.PortalQueue`` in SQL."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def enqueue(self, limit: int) -> int:
        """The cursor's row is held to the commit, so no step is queued twice."""
        held = select(portal_cursor.c.position).where(portal_cursor.c.id == 1).with_for_update()
        cursor = int(self._tx.read(held).scalar_one())
        rows = self._tx.read(_PUBLISHED, {"after": cursor, "at_most": limit}).all()
        if not rows:
            return 0
        found = [values for row in rows if (values := _step(row)) is not None]
        if found:
            self._tx.write(insert(portal_message), found)
        reached = update(portal_cursor).where(portal_cursor.c.id == 1)
        self._tx.write(reached.values(position=rows[-1].position))
        return len(rows)

    def take(self, limit: int, lease_seconds: float) -> Sequence[PortalMessage]:
        """Leased by their next due time, on the real clock."""
        now = self._tx.real_now
        rows = self._tx.read(_DUE, {"now": now, "at_most": limit}).all()
        if not rows:
            return ()
        positions = [row.position for row in rows]
        self._tx.write(
            update(portal_message)
            .where(portal_message.c.position.in_(positions))
            .values(next_at=now + timedelta(seconds=lease_seconds))
        )
        keys = [row.dossier_key for row in rows]
        known = {row.dossier_key for row in self._tx.read(_SENT_BEFORE, {"keys": keys})}
        return [
            PortalMessage(
                position=row.position,
                dossier_key=row.dossier_key,
                status=row.status,
                at=row.at,
                first=row.dossier_key not in known,
                attempts=row.attempts,
            )
            for row in rows
        ]

    def done(self, position: int) -> None:
        """It was taken."""
        self._change(position, sent_at=self._tx.real_now, next_at=None, reason=None)

    def failed(self, position: int, reason: str) -> None:
        """Twice the wait with each attempt, at most an hour."""
        found = select(portal_message.c.attempts).where(portal_message.c.position == position)
        attempts = int(self._tx.read(found).scalar() or 0)
        wait = min(_FIRST_WAIT * 2 ** min(attempts, 20), _LONGEST_WAIT)
        next_at = self._tx.real_now + timedelta(seconds=wait)
        self._change(position, attempts=attempts + 1, next_at=next_at, reason=reason)

    def again(self, dossier_key: Key) -> None:
        """Due at once."""
        mine = portal_message.c.dossier_key == dossier_key
        unsent = update(portal_message).where(mine, portal_message.c.sent_at.is_(None))
        self._tx.write(unsent.values(next_at=None))

    def left(self, dossier_key: Key) -> int:
        """Unsent messages of a dossier."""
        mine = portal_message.c.dossier_key == dossier_key
        unsent = select(func.count()).where(mine, portal_message.c.sent_at.is_(None))
        return int(self._tx.read(unsent).scalar_one())

    def ours(self, tenant_id: str, since: datetime) -> Sequence[tuple[Key, Ours]]:
        """Dossiers with a code that are open or ended after ``since``."""
        open_ = dossier.c.closed_at.is_(None) | (dossier.c.closed_at > since)
        columns = (dossier.c.key, dossier.c.code, dossier.c.status, dossier.c.updated_at)
        mine = select(*columns).where(
            dossier.c.tenant_id == tenant_id, dossier.c.code.is_not(None), open_
        )
        return [
            (row.key, Ours(code=row.code, status=row.status, changed_at=row.updated_at))
            for row in self._tx.read(mine)
        ]

    def keep_run(self, key: Key, tenant_id: str, checked: int, found: Sequence[Difference]) -> None:
        """The result of a comparison."""
        row = {
            "key": key,
            "tenant_id": tenant_id,
            "at": self._tx.now,
            "checked": checked,
            "differences": [asdict(one) for one in found],
        }
        self._tx.write(insert(reconciliation), row)

    def _change(self, position: int, **values: object) -> None:
        mine = update(portal_message).where(portal_message.c.position == position)
        self._tx.write(mine.values(**values))


def _step(row: Any) -> dict[str, object] | None:
    """The message of a published event; None for what the portal need not know."""
    if not row.type.startswith("motcua.dossier."):
        return None
    payload = json.loads(row.payload)
    # A filing the portal sent us itself is no news to it.
    own = row.type == "motcua.dossier.opened.v1"
    if "status" not in payload or own:
        return None
    return {
        "position": row.position,
        "dossier_key": row.root_key,
        "status": payload["status"],
        "at": row.at,
        "attempts": 0,
    }
