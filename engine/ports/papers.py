"""What commands ask for papers: the log of a dossier in words, printings, and numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from engine.domain.ids import Key
from engine.domain.papers import HandOff, Listed, StepFact


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """An earlier printing of a form."""

    number: int
    salt: bytes
    digests: Mapping[str, str]
    at: datetime


class Papers(Protocol):
    """Reading for papers; printings and counters are written beside the events."""

    def steps(self, root_key: Key) -> Sequence[StepFact]:
        """The steps of a dossier with who took them, oldest first."""

    def hand_offs(self, root_key: Key) -> Sequence[HandOff]:
        """Its user tasks, oldest first."""

    def last_printing(self, root_key: Key, form: str) -> Printing | None:
        """The newest printing of a form."""

    def keep_printing(self, key: Key, root_key: Key, form: str, printing: Printing) -> None:
        """One more."""

    def register(
        self, tenant_id: str, unit: str, first: datetime, after: datetime
    ) -> Sequence[Listed]:
        """Dossiers accepted at a unit and below in a period, sealed ones of others left out."""

    def next_number(self, series: str, tenant_id: str) -> int:
        """The next number of a series; its counter's row stays locked to the commit."""

    def issued(self, series: str, tenant_id: str) -> Sequence[tuple[str, str, datetime, str]]:
        """Numbers of a series: text, dossier code, when, by whom."""
