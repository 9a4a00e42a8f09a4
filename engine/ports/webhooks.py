"""Webhook subscriptions and their deliveries, inside a transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from engine.domain.feed.records import Outline
from engine.domain.feed.webhooks import Delivery, Webhook
from engine.domain.ids import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What came of one attempt, as it is kept: the next try, or the end."""

    state: str
    attempts: int
    next_at: datetime | None = None
    status: int | None = None
    failure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A leased delivery when its outcome comes in; ``attempts`` were made before."""

    webhook_key: Key
    attempts: int
    failing_since: datetime | None


class Webhooks(Protocol):
    """Subscriptions by key, deliveries by lane."""

    def create(self, webhook: Webhook) -> None: ...

    def lock(self, key: Key) -> Webhook | None:
        """The subscription, held until the transaction ends; None when there is none."""

    def update(self, webhook: Webhook) -> None:
        """All columns."""

    def delete(self, key: Key) -> None:
        """With its deliveries."""

    def listening(self) -> Sequence[Webhook]:
        """All that collect deliveries: active and paused ones."""

    def deliver(self, told: Sequence[tuple[Webhook, Outline]]) -> None:
        """A delivery per pair; the first of a free lane is due at once. What is on its way
        stays as it is, what was delivered or dead comes again."""

    def claim(
        self, limit: int, lease_seconds: float, without: Collection[Key]
    ) -> Sequence[Delivery]:
        """Lease due deliveries of active subscriptions but those in ``without``."""

    def held(self, key: Key, fence: int) -> Held | None:
        """A delivery whose lease still holds, locked; None when another has it or it ended."""

    def settle(self, key: Key, attempt: Attempt) -> None:
        """Note an attempt; when the delivery ended, the next of its lane is due."""

    def revive(self, webhook_key: Key) -> int:
        """All dead letters of a subscription are pending again; how many."""

    def replay(self, webhook_key: Key, after: int, until: int) -> None:
        """Everything between these positions of the feed is to be delivered again."""

    def next_replay(self, limit: int) -> tuple[Webhook, Sequence[Outline]] | None:
        """The next events of one running replay, and its progress noted; None when none runs."""

    def position_at(self, at: datetime) -> int:
        """The position before the first event that happened at ``at`` or later."""

    def head(self) -> int:
        """The last position of the feed."""
