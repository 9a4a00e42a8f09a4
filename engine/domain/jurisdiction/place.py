"""The unit that decides, from the facts of a rule: by a code, by FEEL, or where we stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.domain.jurisdiction.atlas import Atlas
from engine.domain.jurisdiction.catalogue import Entry, Fact, Rule, Words
from engine.domain.organisation import ReceptionPoint, Unit
from engine.errors import Conflict, Fault, InvalidInput, NotFound
from engine.feel import FeelError, compile_expression, from_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A unit and what has to be said about how it was found."""

    unit: Unit
    notes: tuple[Words, ...] = ()


def place_of(
    atlas: Atlas, entry: Entry, rule: Rule, point: ReceptionPoint, facts: Mapping[str, object]
) -> Place | None:
    """None where only a commune's counter could decide and the point is none."""
    here = atlas.units.get(point.located_in)
    if rule.kind == "nearest_skilled":
        return _nearest(atlas, entry, here)
    if not rule.facts:
        needs_commune = rule.body in {"commune", "police"}
        if needs_commune and (point.commune is None or here.tier != "commune"):
            return None
        return Place(unit=here)
    fact = rule.facts[0]
    value = _value(rule, facts)
    if value is None and not any(each.required for each in rule.facts) and rule.place is None:
        return Place(unit=here, notes=(_where_we_stand(fact),))
    return _known(atlas, fact, value)


def _value(rule: Rule, facts: Mapping[str, object]) -> object:
    if rule.place is None:
        return facts.get(rule.facts[0].name)
    scope = {fact.name: from_json(facts.get(fact.name)) for fact in rule.facts}
    try:
        return compile_expression(rule.place, scope).evaluate(scope)
    except FeelError as error:
        sentence = f"Rule {rule.id} cannot be evaluated."
        raise InvalidInput(sentence, code="rule-invalid") from error


def _known(atlas: Atlas, fact: Fact, value: object) -> Place:
    if not isinstance(value, str):
        raise _wrong(fact, value)
    try:
        unit, former = atlas.unit(value)
    except NotFound:
        raise _wrong(fact, value) from None
    except Conflict as refusal:
        raise _fault(fact, refusal.sentence, "unit-divided") from None
    if fact.type in {"commune", "province"} and unit.tier != fact.type:
        if fact.type == "commune":
            raise _wrong(fact, value)
        unit = atlas.units.province_of(unit)
    return Place(unit=unit, notes=() if former is None else (_renamed(atlas, former, unit),))


def _nearest(atlas: Atlas, entry: Entry, here: Unit) -> Place:
    codes = atlas.skilled.get(entry.skill or "", [])
    if here.code in codes:
        return Place(unit=here)
    neighbours = [code for code in codes if atlas.units.get(code).province == here.province]
    if not neighbours:
        # Nobody skilled in a commune: the province itself answers, never nobody.
        return Place(unit=atlas.units.province_of(here), notes=(_NOBODY,))
    # The national codes run along the map: the nearest code is a near unit.
    nearest = min(neighbours, key=lambda code: (abs(_number(code) - _number(here.code)), code))
    return Place(unit=atlas.units.get(nearest))


def _number(code: str) -> int:
    return int(code) if code.isdecimal() else 0


def _wrong(fact: Fact, value: object) -> InvalidInput:
    problem = "is missing" if value is None else f"must be the code of a {fact.type}"
    return _fault(fact, f"The fact {fact.name} ({fact.label.get('en', '')}) {problem}.", "fact")


def _fault(fact: Fact, sentence: str, code: str) -> InvalidInput:
    faults = [Fault(pointer=f"/facts/{fact.name}", code=code, sentence=sentence)]
    return InvalidInput(sentence, faults, code="fact-missing" if code == "fact" else code)


def _renamed(atlas: Atlas, former: Unit, unit: Unit) -> Words:
    label = atlas.units.label(unit)
    return {
        "vi": f"{former.name} (mã {former.code}) nay là {label}",
        "en": f"{former.name} (code {former.code}) is now {label}",
    }


def _where_we_stand(fact: Fact) -> Words:
    return {
        "vi": f"Không nêu {fact.label.get('vi', '')}: lấy tỉnh, thành phố nơi tiếp nhận",
        "en": f"{fact.label.get('en', '')} not given: the province of the counter is taken",
    }


_NOBODY: Words = {
    "vi": "Không có đơn vị cấp xã nào trong tỉnh có người được đào tạo: cấp tỉnh giải quyết",
    "en": "No commune of the province has a trained person: the province decides",
}
