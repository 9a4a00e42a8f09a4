"""Keeping, removing and erasing what has ended, as commands ask for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from engine.domain.ids import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedRoot:
    """A root that may be removed: its chain ends with ``head`` at ``seq``."""

    key: Key
    seq: int
    head: str


class Retention(Protocol):
    """Rows of ended roots."""

    def set_rule(self, subject: str, days: int | None) -> None:
        """How many days after its end a root is removed; None ends the rule."""

    def schedule(self, default_days: int | None, limit: int) -> int:
        """Give ended roots their removal time by the rules of now; how many got one.

        ``default_days`` is for plain processes without a rule; procedures without one stay.
        """

    def hold(self, root_key: Key, at: datetime | None) -> None:
        """The locked root is never removed; None lets it go again."""

    def is_held(self, root_key: Key) -> bool:
        """Is the locked root held?"""

    def due(self, limit: int) -> Sequence[EndedRoot]:
        """Ended, sealed roots whose removal time has come and which nobody holds; locked."""

    def remove(self, roots: Sequence[EndedRoot]) -> None:
        """Delete all their rows and leave a tombstone for each."""

    def documents(self, root_key: Key) -> Sequence[Key]:
        """Documents of a root that are not deleted yet."""

    def is_erased(self, root_key: Key) -> bool:
        """Was the locked root erased before?"""

    def erase(self, root_key: Key) -> None:
        """Delete what persons gave, and the salt; keep a row that it was done."""
