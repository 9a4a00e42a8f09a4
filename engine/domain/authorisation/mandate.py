"""What an authorisation is: who, for whom, for what, how long, by what evidence.

Subjects are references (kind and key), never names or identity numbers.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypeVar

from engine.domain.ids import Key

Action = Literal["prepare", "submit", "supplement", "pay", "withdraw", "collect"]
ACTIONS: Final[frozenset[Action]] = frozenset(
    {"submit", "supplement", "pay", "withdraw", "collect"}
)
"""What a citizen may leave to an agent; ``prepare`` (fill in, send nothing) is a helper's."""

T = TypeVar("T")
Kind = Literal["person", "employee", "guardian", "helper", "deputy", "agency"]
EndReason = Literal["completed", "death", "incapacity"]


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """A party by reference: ``Subject("person", "281474976710657")``."""

    kind: Literal["person", "organisation", "officer", "agency"]
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What it is for. ``None`` for procedures or dossiers means: no limit of that kind."""

    actions: Set[Action]
    procedures: Set[str] | None = None
    dossiers: Set[Key] | None = None

    def within(self, wider: Scope) -> bool:
        """True when this scope allows nothing that ``wider`` does not."""
        return (
            self.actions <= wider.actions
            and _within(self.procedures, wider.procedures)
            and _within(self.dossiers, wider.dossiers)
        )

    def common(self, other: Scope) -> Scope:
        """What both allow."""
        return Scope(
            actions=frozenset(self.actions & other.actions),
            procedures=_common(self.procedures, other.procedures),
            dossiers=_common(self.dossiers, other.dossiers),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    """When the principal says it ended, and when notice of it was received (it binds from then)."""

    declared_at: datetime
    noticed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """Why it ended without anybody revoking it."""

    reason: EndReason
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """One authorisation. ``parent`` is the one it was handed on from."""

    key: Key
    kind: Kind
    principal: Subject
    agent: Subject
    scope: Scope
    valid_from: datetime
    valid_until: datetime | None = None
    sub_delegation: bool = False
    parent: Key | None = None
    confirmed_at: datetime | None = None
    revocation: Revocation | None = None
    end: End | None = None


def _within(narrow: Set[T] | None, wide: Set[T] | None) -> bool:
    if wide is None:
        return True
    return narrow is not None and narrow <= wide


def _common(one: Set[T] | None, other: Set[T] | None) -> Set[T] | None:
    if one is None or other is None:
        return one if other is None else other
    return frozenset(one & other)
