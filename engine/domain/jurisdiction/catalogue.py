"""Rows of law the resolver reads: procedures, rules and acceptance scopes, each with dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, Protocol, TypeVar

RuleKind = Literal[
    "residence",
    "place_of_object",
    "register_keeper",
    "seat",
    "provincial_department",
    "receiving_commune",
    "nearest_skilled",
]
Reach = Literal["none", "province", "national"]
ExclusionClass = Literal["land", "energy_security", "resources"]
EXCLUSIONS: Final[tuple[ExclusionClass, ...]] = ("land", "energy_security", "resources")
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What has to be known: a commune or province by its code, or a word."""

    name: str
    type: Literal["commune", "province", "text"]
    label: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How the competent agency follows from facts.

    ``fact`` names the deciding one (none for ``receiving_commune``); ``body``
    says which agency of that unit decides; ``because`` is read to the citizen.
    """

    id: str
    kind: RuleKind
    fact: Fact | None
    body: Literal["commune", "province", "department"]
    because: Words
    source: str
    effective_from: date
    effective_to: date | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One procedure of the catalogue. ``field`` names the department for provincial ones."""

    code: str
    name: Words
    level: Literal["province", "commune"]
    field: str
    rule: str
    effective_from: date
    effective_to: date | None = None
    exclusion: ExclusionClass | None = None
    skill: str | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where a procedure is accepted, by decision; ``province`` ``*`` means everywhere."""

    procedure: str
    province: str
    reach: Reach
    decision: str
    effective_from: date
    effective_to: date | None = None


class _Dated(Protocol):
    @property
    def effective_from(self) -> date: ...
    @property
    def effective_to(self) -> date | None: ...


Row = TypeVar("Row", bound=_Dated)


def in_force(rows: Iterable[Row], on: date) -> Row | None:
    """The row that applies on a date; the latest begun one when several do."""
    found = [
        row
        for row in rows
        if row.effective_from <= on and (row.effective_to is None or on < row.effective_to)
    ]
    return max(found, key=lambda row: row.effective_from, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """The catalogue with its rules and scopes, indexed."""

    entries: Mapping[str, tuple[Entry, ...]]
    rules: Mapping[str, tuple[Rule, ...]]
    scopes: Mapping[str, tuple[Scope, ...]] = field(default_factory=dict)

    def reach(self, procedure: str, province: str, on: date) -> tuple[Reach, str]:
        """How far a procedure is accepted in a province, and the decision that says so.

        Default is the province: Decree 118 has every centre of a province
        receive the procedures of the province.
        """
        scopes = self.scopes.get(procedure, ())
        own = in_force((scope for scope in scopes if scope.province == province), on)
        row = own or in_force((scope for scope in scopes if scope.province == "*"), on)
        if row is None:
            return "province", "118/2025/NĐ-CP"
        return row.reach, row.decision
