"""An event on its way out of the installation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.domain.ids import Key
from engine.domain.records import Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What decides whether somebody is told of an event; ``process_id`` is the root's."""

    root_key: Key
    seq: int
    type: str
    at: datetime
    visibility: Visibility
    process_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An event with its payload (JSON text, as kept) and its place in the feed."""

    outline: Outline
    payload: str
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedQuery:
    """``after`` is a position; ``types`` empty means all, a name may end in ``*``."""

    after: int = 0
    types: tuple[str, ...] = ()
    limit: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPage:
    """``cursor`` is how far was looked, whether or not something was found there."""

    items: tuple[Published, ...]
    cursor: int
    head: int


def message_id(root_key: Key, seq: int) -> str:
    """The identity of an event for receivers: the same in each attempt and each replay."""
    return f"{root_key}-{seq}"
