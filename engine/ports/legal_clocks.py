"""What commands ask of the legal clocks in one transaction; rows follow from events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from engine.domain.clock.legal import Standing
from engine.domain.ids import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """A root with running clocks, as lists show it."""

    root_key: Key
    business_id: str | None
    process_id: str | None
    standing: Standing


class LegalClocks(Protocol):
    """Clocks, pauses and extensions by root."""

    def standing(self, root_key: Key) -> Standing:
        """Everything of one root; its clocks are those that still run, and the stopped own ones."""

    def running(self, tenant_id: str, unit: str, after: Key, limit: int) -> Sequence[Affected]:
        """Roots with running clocks at a unit and below, by key after ``after``."""

    def outdated(self, calendar: str, limit: int) -> Iterable[Key]:
        """Roots with running clocks that were computed with another state of the law."""
