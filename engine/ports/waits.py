"""Timers, subscriptions and messages that wait, as commands ask for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from engine.domain.ids import Key
from engine.domain.records import MessageRecord, StartRecord, WaitRecord


class Waits(Protocol):
    """Timers, subscriptions and waiting messages."""

    def due_roots(self, now: datetime, limit: int) -> Sequence[Key]:
        """Roots with a timer due by business time, the oldest first."""

    def due_timers(self, root_key: Key, now: datetime) -> Sequence[WaitRecord]:
        """The due timers of one (locked) root, by due time."""

    def all_timers(self, root_key: Key) -> Sequence[WaitRecord]:
        """Every timer of a root, by due time; ``name`` is the element's id."""

    def due_starts(
        self, now: datetime, limit: int, definition_key: Key | None = None
    ) -> Sequence[StartRecord]:
        """Start timers that are due, locked for this transaction."""

    def reschedule_start(self, start: StartRecord, due_at: datetime | None) -> None:
        """The next due time of a cycle, or None to end it."""

    def message_receivers(
        self, name: str, correlation_key: str, tenant_id: str, limit: int
    ) -> Sequence[WaitRecord]:
        """Open message subscriptions, oldest first, at most one per process instance."""

    def message_starts(self, name: str, tenant_id: str) -> Sequence[StartRecord]:
        """Start events of latest versions that wait for this message."""

    def signal_receivers(self, name: str, tenant_id: str) -> Sequence[WaitRecord]:
        """All open signal subscriptions of running roots."""

    def signal_starts(self, name: str, tenant_id: str) -> Sequence[StartRecord]:
        """Start events of latest versions that wait for this signal."""

    def is_open(self, element_key: Key, index: int) -> bool:
        """True while the subscription still waits (asked under the root's lock)."""

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
        """Store a published message; False when its id is known already for name and key."""

    def message(self, key: Key) -> tuple[MessageRecord, frozenset[str]] | None:
        """A kept message (expired or not) and the process ids that took it already."""

    def messages_for_new_waits(
        self, root_key: Key, now: datetime
    ) -> Sequence[tuple[MessageRecord, WaitRecord]]:
        """Waiting messages that match subscriptions this transaction opened; locked, at most
        one message per subscription."""

    def messages_for_open_waits(
        self, root_key: Key, now: datetime
    ) -> Sequence[tuple[MessageRecord, WaitRecord]]:
        """Likewise for all subscriptions of a root that was suspended meanwhile."""

    def take_message(self, key: Key, process_id: str) -> None:
        """This process definition has taken the message (once per definition, as in ``/v2``)."""
