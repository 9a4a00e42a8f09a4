"""Webhook subscriptions and deliveries in SQL.

Deliveries stand in lanes, one per subscription and root: only a lane's first
row is ever due, so a receiver that fails holds nothing but its own lane. Who
adds to a lane first locks its head, so that its end and the addition cannot
miss each other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from engine.domain.feed.records import Outline
from engine.domain.feed.webhooks import Delivery, Webhook
from engine.domain.ids import Key
from engine.ports.webhooks import Attempt, Held
from engine.store.published import COLUMNS, SOURCE, outline_of, published_of
from engine.store.sqltypes import RealNow
from engine.store.tables import event, feed, feed_head, webhook
from engine.store.tables import webhook_delivery as row
from engine.store.transaction import Transaction
from engine.store.webhook_rows import birth_of, values_of, webhook_of

_earlier = row.alias("earlier")
_IS_FIRST = ~exists(
    select(1).where(
        _earlier.c.webhook_key == row.c.webhook_key,
        _earlier.c.root_key == row.c.root_key,
        _earlier.c.seq < row.c.seq,
        _earlier.c.state == "PENDING",
    )
)
_WAITING = and_(row.c.state == "PENDING", row.c.next_at.is_(None))
_HEADS = (
    select(row.c.key)
    .where(
        row.c.root_key.in_(bindparam("roots", expanding=True)),
        row.c.state == "PENDING",
        row.c.next_at.is_not(None),
    )
    .order_by(row.c.key)
    .with_for_update()
)
_PROMOTE = (
    update(row)
    .where(row.c.root_key.in_(bindparam("roots", expanding=True)), _WAITING, _IS_FIRST)
    .values(next_at=RealNow())
)
_OF_DELIVERY = select(row.c.root_key).where(row.c.key == bindparam("k")).scalar_subquery()
_PROMOTE_NEXT = (
    update(row).where(row.c.root_key == _OF_DELIVERY, _WAITING, _IS_FIRST).values(next_at=RealNow())
)
_AGAIN = {
    "state": "PENDING",
    "attempts": 0,
    "next_at": None,
    "lease_until": None,
    "status": None,
    "failure": None,
    "ended_at": None,
}
_SENT = (
    select(row.c.key.label("delivery"), row.c.fence, row.c.attempts, *COLUMNS)
    .add_columns(*(column.label(f"w_{column.name}") for column in webhook.c))
    .select_from(
        SOURCE.join(row, (row.c.root_key == event.c.root_key) & (row.c.seq == event.c.seq)).join(
            webhook, webhook.c.key == row.c.webhook_key
        )
    )
    .where(row.c.key.in_(bindparam("keys", expanding=True)))
    .order_by(row.c.next_at, row.c.key)
)
_HELD = (
    select(row.c.webhook_key, row.c.attempts, webhook.c.failing_since)
    .join(webhook, webhook.c.key == row.c.webhook_key)
    .where(row.c.key == bindparam("k"), row.c.fence == bindparam("f"), row.c.state == "PENDING")
    .with_for_update(of=row)
)
_REPLAYING = (
    select(webhook)
    .where(webhook.c.replay_after.is_not(None), webhook.c.state != "DISABLED")
    .order_by(webhook.c.key)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_BETWEEN = (
    select(feed.c.position, *COLUMNS)
    .select_from(
        SOURCE.join(feed, (feed.c.root_key == event.c.root_key) & (feed.c.seq == event.c.seq))
    )
    .where(feed.c.position > bindparam("after"), feed.c.position <= bindparam("until"))
    .order_by(feed.c.position)
    .limit(bindparam("at_most"))
)


class SqlWebhooks:
    """``engine.ports.webhooks.Webhooks`` in SQL."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def create(self, made: Webhook) -> None:
        """A new subscription."""
        self._tx.write(insert(webhook), values_of(made) | birth_of(made, self._tx.real_now))

    def lock(self, key: Key) -> Webhook | None:
        """The subscription, held until the transaction ends."""
        found = self._tx.read(select(webhook).where(webhook.c.key == key).with_for_update())
        held = found.one_or_none()
        return None if held is None else webhook_of(held._asdict())

    def update(self, changed: Webhook) -> None:
        """All columns."""
        same = webhook.c.key == changed.key
        self._tx.write(update(webhook).where(same).values(values_of(changed)))

    def delete(self, key: Key) -> None:
        """With its deliveries."""
        self._tx.write(delete(webhook).where(webhook.c.key == key))

    def listening(self) -> Sequence[Webhook]:
        """Active and paused subscriptions."""
        rows = self._tx.read(select(webhook).where(webhook.c.state != "DISABLED"))
        return [webhook_of(each._asdict()) for each in rows]

    def deliver(self, told: Sequence[tuple[Webhook, Outline]]) -> None:
        """A delivery per pair; the first of a free lane is due at once."""
        if not told:
            return
        roots = sorted({outline.root_key for _, outline in told})
        self._tx.read(_HEADS, {"roots": roots}).all()
        make = sqlite.insert if self._tx.is_sqlite else postgresql.insert
        statement = make(row).on_conflict_do_update(
            index_elements=["webhook_key", "root_key", "seq"],
            set_=_AGAIN,
            where=row.c.state != "PENDING",
        )
        at = self._tx.real_now
        self._tx.write(statement, [self._new(each, outline, at) for each, outline in told])
        self._tx.write(_PROMOTE, {"roots": roots})

    def claim(
        self, limit: int, lease_seconds: float, without: Collection[Key]
    ) -> Sequence[Delivery]:
        """Lease what is due."""
        leased = self._tx.write(
            _lease(without), {"at_most": limit, "lease_ms": int(lease_seconds * 1000)}
        )
        keys = list(leased.scalars())
        if not keys:
            return ()
        return [_delivery(each) for each in self._tx.read(_SENT, {"keys": keys})]

    def held(self, key: Key, fence: int) -> Held | None:
        """A delivery whose lease still holds, locked."""
        found = self._tx.read(_HELD, {"k": key, "f": fence}).one_or_none()
        return None if found is None else Held(**found._mapping)

    def settle(self, key: Key, attempt: Attempt) -> None:
        """Note an attempt; the next of the lane is due when this one ended."""
        ended = attempt.state != "PENDING"
        self._tx.write(
            update(row)
            .where(row.c.key == key)
            .values(
                state=attempt.state,
                attempts=attempt.attempts,
                next_at=attempt.next_at,
                lease_until=None,
                status=attempt.status,
                failure=attempt.failure,
                ended_at=self._tx.real_now if ended else None,
            )
        )
        if ended:
            self._tx.write(_PROMOTE_NEXT, {"k": key})

    def revive(self, webhook_key: Key) -> int:
        """All dead letters of a subscription are pending again."""
        dead = and_(row.c.webhook_key == webhook_key, row.c.state == "DEAD")
        roots = sorted(set(self._tx.read(select(row.c.root_key).where(dead)).scalars()))
        if not roots:
            return 0
        self._tx.read(_HEADS, {"roots": roots}).all()
        revived = self._tx.write(update(row).where(dead).values(_AGAIN)).rowcount
        self._tx.write(_PROMOTE, {"roots": roots})
        return revived

    def replay(self, webhook_key: Key, after: int, until: int) -> None:
        """Everything between these positions again."""
        self._tx.write(
            update(webhook)
            .where(webhook.c.key == webhook_key)
            .values(replay_after=after, replay_until=until)
        )

    def next_replay(self, limit: int) -> tuple[Webhook, Sequence[Outline]] | None:
        """The next events of one running replay, its progress noted."""
        held = self._tx.read(_REPLAYING).one_or_none()
        if held is None:
            return None
        bounds = {"after": held.replay_after, "until": held.replay_until, "at_most": limit}
        rows = self._tx.read(_BETWEEN, bounds).all()
        after = rows[-1].position if len(rows) == limit else None
        self._tx.write(update(webhook).where(webhook.c.key == held.key).values(replay_after=after))
        return webhook_of(held._asdict()), [outline_of(each) for each in rows]

    def position_at(self, at: datetime) -> int:
        """The position before the first event at ``at`` or later."""
        joined = feed.join(
            event, (event.c.root_key == feed.c.root_key) & (event.c.seq == feed.c.seq)
        )
        first = select(func.min(feed.c.position)).select_from(joined).where(event.c.at >= at)
        found = self._tx.read(first).scalar()
        return self.head() if found is None else int(found) - 1

    def head(self) -> int:
        """The last position of the feed."""
        return int(self._tx.read(select(feed_head.c.position)).scalar_one())

    def _new(self, made: Webhook, outline: Outline, at: datetime) -> Mapping[str, Any]:
        return _AGAIN | {
            "key": self._tx.next_key(),
            "webhook_key": made.key,
            "root_key": outline.root_key,
            "seq": outline.seq,
            "type": outline.type,
            "fence": 0,
            "created_at": at,
        }


def _lease(without: Collection[Key]) -> Any:
    picked: Select[Any] = (
        select(row.c.key)
        .join(webhook, webhook.c.key == row.c.webhook_key)
        .where(
            row.c.next_at <= RealNow(),
            or_(row.c.lease_until.is_(None), row.c.lease_until <= RealNow()),
            webhook.c.state == "ACTIVE",
        )
        .order_by(row.c.next_at, row.c.key)
        .limit(bindparam("at_most"))
        .with_for_update(skip_locked=True, of=row)
    )
    if without:
        picked = picked.where(webhook.c.key.not_in(without))
    chosen = picked.cte("picked").prefix_with("MATERIALIZED", dialect="postgresql")
    return (
        update(row)
        .where(row.c.key.in_(select(chosen.c.key)))
        .values(
            lease_until=RealNow() + bindparam("lease_ms", type_=BigInteger), fence=row.c.fence + 1
        )
        .returning(row.c.key)
    )


def _delivery(held: Any) -> Delivery:
    return Delivery(
        key=held.delivery,
        fence=held.fence,
        attempts=held.attempts,
        webhook=webhook_of(held._asdict(), "w_"),
        event=published_of(held),
    )
