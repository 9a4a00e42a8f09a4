"""From procedure, reception point, facts and date to the competent agency, or a refusal.

Excluded classes (land, energy security, resources) are refused anywhere but at
home, before a dossier code exists; the hint says where to go and nothing else
is kept. Missing facts are an error of the caller, not a refusal, except there:
who does not show to be at home is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from engine.domain.jurisdiction.atlas import Atlas, atlas_on
from engine.domain.jurisdiction.catalogue import Entry, Rule, Words
from engine.domain.jurisdiction.place import Place, place_of
from engine.domain.law import LawBook
from engine.domain.organisation import Agency, ReceptionPoint, Unit
from engine.domain.organisation.agencies import committee, department, ministry, police
from engine.errors import InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The reception point takes the dossier; ``explanation`` can be read aloud, line by line."""

    competent_agency: Agency
    reception_point: ReceptionPoint
    rule: Rule
    entry: Entry
    explanation: tuple[Words, ...]
    decision: str
    unit_path: str

    def group(self, role: str) -> str:
        """The group that holds a role at the competent agency."""
        return f"{role}@{self.competent_agency.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Not here. ``hint`` names the right counter."""

    code: str
    hint: Words
    competent_agency: Agency | None = field(default=None, compare=False)


def resolve(
    book: LawBook, procedure: str, at: str, facts: Mapping[str, object], on: date
) -> Accepted | Refused:
    """Whether the reception point accepts, and who decides."""
    atlas = atlas_on(book, on)
    entry = atlas.entry(procedure)
    return decide(atlas, entry, atlas.rule(entry), at, facts)


def decide(
    atlas: Atlas,
    entry: Entry,
    rule: Rule,
    at: str,
    facts: Mapping[str, object],
    reach: tuple[str, str] | None = None,
) -> Accepted | Refused:
    """Likewise for an entry and a rule in hand; ``reach`` (with its decision) else from the law."""
    point = atlas.point(at)
    if entry.exclusion is not None:
        return _excluded(atlas, entry, rule, point, facts)
    place = place_of(atlas, entry, rule, point, facts)
    if place is None:
        return Refused(code="receiving-commune-only", hint=_ANY_COMMUNE)
    agency = _agency(atlas, entry, rule, place.unit)
    home = atlas.units.by_code.get(agency.unit_code)
    here = atlas.units.get(point.located_in)
    far, decision = reach or atlas.reach(entry.code, home.province if home else here.province)
    if home is not None and home.code not in point.home_of:
        if far == "none":
            return Refused(code="not-borderless", hint=_hint(agency), competent_agency=agency)
        if far == "province" and here.province != home.province:
            return Refused(code="other-province", hint=_hint(agency), competent_agency=agency)
    return _accepted(atlas, entry, rule, point, place, agency, decision)


def _excluded(
    atlas: Atlas, entry: Entry, rule: Rule, point: ReceptionPoint, facts: Mapping[str, object]
) -> Accepted | Refused:
    code = f"excluded-{str(entry.exclusion).replace('_', '-')}"
    # A rule without a deciding fact would make every counter home.
    if not any(fact.required for fact in rule.facts):
        return Refused(code=code, hint=_ELSEWHERE)
    try:
        place = place_of(atlas, entry, rule, point, facts)
    except InvalidInput:
        return Refused(code=code, hint=_at_place(rule))
    if place is None:
        return Refused(code=code, hint=_ELSEWHERE)
    agency = _agency(atlas, entry, rule, place.unit)
    if not agency.unit_code or agency.unit_code not in point.home_of:
        return Refused(code=code, hint=_hint(agency), competent_agency=agency)
    return _accepted(atlas, entry, rule, point, place, agency, rule.source)


def _agency(atlas: Atlas, entry: Entry, rule: Rule, unit: Unit) -> Agency:
    if rule.body == "police" and unit.tier == "commune":
        return police(unit, atlas.units)
    if rule.body in {"commune", "keeper"}:
        return committee(unit, atlas.units)
    id, name, ministry_name = atlas.department(entry.field)
    if rule.body == "ministry":
        return ministry(id, ministry_name or f"Bộ {id}")
    province = atlas.units.province_of(unit)
    if rule.body == "department":
        return department(id, name, province)
    return committee(province, atlas.units)


def _accepted(
    atlas: Atlas,
    entry: Entry,
    rule: Rule,
    point: ReceptionPoint,
    place: Place,
    agency: Agency,
    decision: str,
) -> Accepted:
    unit = atlas.units.by_code.get(agency.unit_code)
    shown = atlas.units.label(atlas.units.get(point.located_in))
    lines: list[Words] = [
        {
            "vi": f"{agency.name}, {rule.because.get('vi', '')}",
            "en": f"{agency.name}, {rule.because.get('en', '')}",
        },
        *place.notes,
        {
            "vi": f"Nơi tiếp nhận: {point.name} ({shown}), theo {decision}",
            "en": f"Received at: {point.name} ({shown}), by {decision}",
        },
        {"vi": f"Căn cứ: {rule.source}", "en": f"Basis: {rule.source}"},
    ]
    if not (rule.verified and entry.verified):
        lines.append(_UNVERIFIED)
    return Accepted(
        competent_agency=agency,
        reception_point=point,
        rule=rule,
        entry=entry,
        explanation=tuple(lines),
        decision=decision,
        unit_path="" if unit is None else unit.path,
    )


def _hint(agency: Agency) -> Words:
    return {"vi": f"Nộp tại {agency.name}.", "en": f"Hand in at {agency.name}."}


def _at_place(rule: Rule) -> Words:
    label = rule.facts[0].label
    return {
        "vi": f"Chỉ nộp tại bộ phận một cửa có thẩm quyền; cần biết {label.get('vi', '')}.",
        "en": f"Hand in only at the competent one-stop counter; needed: {label.get('en', '')}.",
    }


_ELSEWHERE: Words = {
    "vi": "Chỉ nộp tại bộ phận một cửa của cơ quan có thẩm quyền.",
    "en": "Hand in only at the counter of the competent agency.",
}
_ANY_COMMUNE: Words = {
    "vi": "Nộp tại bộ phận một cửa của bất kỳ xã, phường nào.",
    "en": "Hand in at the counter of any commune.",
}
_UNVERIFIED: Words = {
    "vi": "Dữ liệu minh họa, chưa đối chiếu công báo.",
    "en": "Illustrative data, not yet compared with the gazette.",
}
