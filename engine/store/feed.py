"""The relay's SQL: unpublished events per root, and the positions they get.

Roots somebody writes to just now are skipped and taken the next time; no event
is ever looked for by "newer than the last one".
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from engine.domain.feed.records import Outline
from engine.domain.ids import Key
from engine.store.published import visibility_of
from engine.store.tables import event, feed, feed_head, root
from engine.store.transaction import Transaction

_ROOTS = (
    select(
        root.c.key,
        root.c.definition_key,
        root.c.tenant_id,
        root.c.unit_id,
        root.c.procedure_code,
        root.c.sealed,
        root.c.published_seq,
    )
    .where(root.c.published_seq < root.c.seq)
    .order_by(root.c.key)
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True)
)
_EVENTS = (
    select(event.c.root_key, event.c.seq, event.c.type, event.c.at)
    .join(root, root.c.key == event.c.root_key)
    .where(
        root.c.key.in_(bindparam("keys", expanding=True)),
        event.c.seq > root.c.published_seq,
        event.c.seq <= root.c.published_seq + bindparam("per_root"),
    )
    .order_by(event.c.root_key, event.c.seq)
)
_PUBLISHED = (
    update(root).where(root.c.key == bindparam("k")).values(published_seq=bindparam("v_seq"))
)
_ADVANCE = (
    update(feed_head)
    .where(feed_head.c.id == 1)
    .values(position=feed_head.c.position + bindparam("by"))
    .returning(feed_head.c.position)
)


class SqlFeed:
    """``engine.ports.feed.Feed`` in SQL."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def take(self, roots: int, per_root: int) -> Sequence[Outline]:
        """Unpublished events of roots nobody holds, marked as published."""
        rows = {row.key: row for row in self._tx.read(_ROOTS, {"at_most": roots})}
        if not rows:
            return ()
        found = self._tx.read(_EVENTS, {"keys": list(rows), "per_root": per_root}).all()
        reached = {row.root_key: row.seq for row in found}
        self._tx.write(_PUBLISHED, [{"k": key, "v_seq": seq} for key, seq in reached.items()])
        outlines = [self._outline(row, rows[row.root_key]) for row in found]
        return _in_order(outlines)

    def append(self, events: Sequence[Outline]) -> int:
        """Give them the next positions."""
        head = int(self._tx.write(_ADVANCE, {"by": len(events)}).scalar_one())
        first = head - len(events) + 1
        rows = [
            {"position": first + place, "root_key": each.root_key, "seq": each.seq}
            for place, each in enumerate(events)
        ]
        if rows:
            self._tx.write(insert(feed), rows)
        return head

    def _outline(self, row: Any, held: Any) -> Outline:
        definition = self._tx.definition(held.definition_key)
        return Outline(
            root_key=row.root_key,
            seq=row.seq,
            type=row.type,
            at=row.at,
            process_id=definition.process_id or None,
            visibility=visibility_of(held),
        )


def _in_order(outlines: Sequence[Outline]) -> Sequence[Outline]:
    """By time across roots, but never against a root's own order: business time may go back."""
    latest: dict[Key, datetime] = {}
    ranks = []
    for each in outlines:
        rank = latest[each.root_key] = max(latest.get(each.root_key, each.at), each.at)
        ranks.append((rank, each.root_key, each.seq))
    places = sorted(range(len(outlines)), key=ranks.__getitem__)
    return [outlines[place] for place in places]
