"""What the law says of authorisations, as data: rows, not constants of the engine."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime

from engine.domain.authorisation.mandate import Kind, Mandate


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Rules in force on the day of the act.

    ``term_years`` applies when the document names no end. ``adult_procedures``
    ask for an agent of ``adult_age``, all others for ``least_age``.
    """

    term_years: int
    least_age: int
    adult_age: int
    adult_procedures: Set[str] = field(default_factory=frozenset)
    not_delegable: Set[str] = field(default_factory=frozenset)
    without_confirmation: Set[Kind] = field(default_factory=frozenset)
    sources: Mapping[str, str] = field(default_factory=dict)

    def until(self, mandate: Mandate) -> datetime:
        """The end by document, or the end of the default term."""
        return mandate.valid_until or _years_after(mandate.valid_from, self.term_years)

    def age_for(self, procedure: str) -> int:
        """How old an agent has to be."""
        return self.adult_age if procedure in self.adult_procedures else self.least_age


def _years_after(start: datetime, years: int) -> datetime:
    try:
        return start.replace(year=start.year + years)
    except ValueError:  # 29 February: the term ends with the month
        return start.replace(year=start.year + years, day=28)
