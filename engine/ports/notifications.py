"""Short messages for the pages of people and groups: operating facts, no history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from engine.domain.actors import Actor
from engine.domain.ids import Key
from engine.domain.records import JobRecord

Recipient = tuple[Literal["user", "group"], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a job wants to be told, and to whom."""

    job: JobRecord
    recipients: Sequence[Recipient]
    subject: str
    text: str


class Notifications(Protocol):
    """A group's notice is one row: who reads it first has read it for the group."""

    def add(self, notice: Notice) -> int:
        """A row per recipient; what the same job told before is not told again."""

    def of(self, actor: Actor, limit: int, *, unread: bool) -> Sequence[Mapping[str, object]]:
        """The actor's own and their groups', the newest first."""

    def read(self, key: Key, actor: Actor, at: datetime) -> bool:
        """Mark as read; False when it is not the actor's to read."""
