"""From procedure, reception point, facts and date to the competent agency, or a refusal.

Excluded classes (land, energy security, resources) are refused anywhere but at
home, before a dossier code exists; the hint says where to go and nothing else
is kept. Missing facts are an error of the caller, not a refusal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from engine.domain.jurisdiction.catalogue import Entry, Fact, Law, Rule, Words, in_force
from engine.domain.organisation import Unit, Units
from engine.errors import Fault, InvalidInput, NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """Who decides: ``id`` is stable and the part after ``@`` of a group."""

    id: str
    name: str
    unit_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The reception point takes the dossier; ``explanation`` can be read aloud, line by line."""

    competent_agency: Agency
    explanation: tuple[Words, ...]
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Not here. ``hint`` names the right counter."""

    code: str
    hint: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Atlas:
    """What the resolver knows: units, law, departments by field, skilled units by skill."""

    units: Units
    law: Law
    departments: Mapping[str, str] = field(default_factory=dict)
    skilled: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def entry(self, procedure: str, on: date) -> Entry:
        """The catalogue row in force; ``NotFound`` names the code."""
        entry = in_force(self.law.entries.get(procedure, ()), on)
        if entry is None:
            raise NotFound(
                f"No procedure {procedure[:20]!r} is in force on {on}.", code="procedure-unknown"
            )
        return entry

    def rule(self, entry: Entry, on: date) -> Rule:
        """The rule in force on the date of acceptance."""
        rule = in_force(self.law.rules.get(entry.rule, ()), on)
        if rule is None:
            raise NotFound(f"No rule {entry.rule} is in force on {on}.", code="rule-unknown")
        return rule


_UBND: Final = "UBND"


def resolve(
    atlas: Atlas, procedure: str, at: str, facts: Mapping[str, object], on: date
) -> Accepted | Refused:
    """Whether the reception point in unit ``at`` accepts, and who decides."""
    entry = atlas.entry(procedure, on)
    rule = atlas.rule(entry, on)
    here = atlas.units.get(at)
    place = _place(atlas, entry, rule, here, facts)
    agency = _agency(atlas, entry, rule, place)
    home = atlas.units.get(agency.unit_code)

    if entry.exclusion is not None and not _at_home(here, home):
        return Refused(code=f"excluded-{entry.exclusion.replace('_', '-')}", hint=_hint(agency))
    reach, decision = atlas.law.reach(procedure, home.province, on)
    if reach == "none" and not _at_home(here, home):
        return Refused(code="not-borderless", hint=_hint(agency))
    if reach == "province" and here.province != home.province:
        return Refused(code="other-province", hint=_hint(agency))
    return Accepted(
        competent_agency=agency,
        explanation=_explanation(atlas, rule, here, agency, decision),
        decision=decision,
    )


def _place(atlas: Atlas, entry: Entry, rule: Rule, here: Unit, facts: Mapping[str, object]) -> Unit:
    if rule.kind == "nearest_skilled":
        return _nearest(atlas, entry, here)
    if rule.fact is None:
        return here
    value = facts.get(rule.fact.name)
    if not isinstance(value, str) or value not in atlas.units.by_code:
        raise _fact_missing(rule.fact, value)
    place = atlas.units.get(value)
    if rule.fact.type == "commune" and place.tier != "commune":
        raise _fact_missing(rule.fact, value)
    return place


def _nearest(atlas: Atlas, entry: Entry, here: Unit) -> Unit:
    codes = atlas.skilled.get(entry.skill or "", ())
    if here.code in codes:
        return here
    neighbours = [code for code in codes if atlas.units.get(code).province == here.province]
    # Nobody skilled in a commune: the province itself answers, never nobody.
    return atlas.units.get(min(neighbours) if neighbours else here.province)


def _agency(atlas: Atlas, entry: Entry, rule: Rule, place: Unit) -> Agency:
    if rule.body == "commune" and place.tier == "commune":
        return Agency(
            id=f"ubnd-{place.code}", name=f"{_UBND} {_lower(place.name)}", unit_code=place.code
        )
    province = atlas.units.province_of(place)
    if rule.body == "department":
        name = atlas.departments.get(entry.field, f"Sở {entry.field}")
        return Agency(
            id=f"so-{entry.field}-{province.code}",
            name=f"{name} {_lower(province.name)}",
            unit_code=province.code,
        )
    return Agency(
        id=f"ubnd-{province.code}", name=f"{_UBND} {_lower(province.name)}", unit_code=province.code
    )


def _at_home(here: Unit, home: Unit) -> bool:
    # A province's own counter is its only home; a commune's lies in the commune.
    return here.code == home.code


def _explanation(
    atlas: Atlas, rule: Rule, here: Unit, agency: Agency, decision: str
) -> tuple[Words, ...]:
    shown = atlas.units.label(here)
    return (
        {
            "vi": f"{agency.name}, {rule.because['vi']}",
            "en": f"{agency.name}, {rule.because['en']}",
        },
        {
            "vi": f"Nơi tiếp nhận: {shown} (theo {decision})",
            "en": f"Received at: {shown} (by {decision})",
        },
        {"vi": f"Căn cứ: {rule.source}", "en": f"Basis: {rule.source}"},
    )


def _hint(agency: Agency) -> Words:
    return {
        "vi": f"Nộp tại {agency.name}.",
        "en": f"Hand in at {agency.name}.",
    }


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def _fact_missing(fact: Fact, value: object) -> InvalidInput:
    problem = "is missing" if value is None else f"must be the code of a {fact.type}"
    sentence = f"The fact {fact.name} ({fact.label['en']}) {problem}."
    faults = [Fault(pointer=f"/facts/{fact.name}", code="fact", sentence=sentence)]
    return InvalidInput(sentence, faults, code="fact-missing")
