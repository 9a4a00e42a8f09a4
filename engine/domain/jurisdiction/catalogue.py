"""Rows of law the resolver reads: procedures, rules and acceptance scopes, each with dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, cast

from engine.domain.law import LawRow

RuleKind = Literal[
    "residence",
    "place_of_object",
    "register_keeper",
    "seat",
    "provincial_department",
    "receiving_commune",
    "nearest_skilled",
]
Body = Literal["commune", "province", "department", "keeper", "police", "ministry"]
Reach = Literal["none", "province", "national"]
ExclusionClass = Literal["land", "energy_security", "resources"]
EXCLUSIONS: Final[tuple[ExclusionClass, ...]] = ("land", "energy_security", "resources")
Words = Mapping[str, str]
# Decree 118 has every centre of a province receive the procedures of the province.
DEFAULT_DECISION: Final = "118/2025/NĐ-CP"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What has to be known: a unit by its code. ``unit`` takes a commune or a province."""

    name: str
    type: Literal["commune", "province", "unit", "text"]
    label: Words
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How the competent agency follows from facts.

    ``place`` is FEEL over the facts and gives the code of a unit; without it the
    first fact is the place. ``body`` says which agency of that unit decides;
    ``because`` is read to the citizen.
    """

    id: str
    kind: RuleKind
    facts: tuple[Fact, ...]
    body: Body
    because: Words
    source: str
    place: str | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One procedure of the catalogue. ``field`` names the department for provincial ones."""

    code: str
    name: Words
    level: Literal["province", "commune"]
    field: str
    rule: str
    exclusion: ExclusionClass | None = None
    skill: str | None = None
    term: str | None = None
    system_of_record: str = "local"
    verified: bool = False
    source: str = ""

    @property
    def sealed(self) -> bool:
        """Excluded classes show only an envelope outside their unit."""
        return self.exclusion is not None


def entry_of(row: LawRow) -> Entry:
    """The procedure a row describes; its schema has been checked."""
    return Entry(
        code=row.text("code"),
        name=row.words("name"),
        level="province" if row.text("level") == "province" else "commune",
        field=row.text("field"),
        rule=row.text("rule"),
        exclusion=cast("ExclusionClass | None", row.text("exclusion") or None),
        skill=row.text("skill") or None,
        term=row.text("term") or None,
        system_of_record=row.text("system_of_record", "local"),
        verified=row.verified,
        source=row.source,
    )


def rule_of(row: LawRow) -> Rule:
    """The rule a row describes."""
    facts = row.body.get("facts")
    return Rule(
        id=row.id,
        kind=cast("RuleKind", row.text("kind")),
        facts=tuple(_fact(each) for each in facts) if isinstance(facts, list | tuple) else (),
        body=cast("Body", row.text("body")),
        because=row.words("because"),
        source=row.source,
        place=row.text("place") or None,
        verified=row.verified,
    )


def _fact(held: Mapping[str, object]) -> Fact:
    label = held.get("label")
    return Fact(
        name=str(held["name"]),
        type=cast("Literal['commune', 'province', 'unit', 'text']", held["type"]),
        label={str(k): str(v) for k, v in label.items()} if isinstance(label, Mapping) else {},
        required=held.get("required") is not False,
    )
