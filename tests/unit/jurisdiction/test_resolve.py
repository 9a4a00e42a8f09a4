"""Who decides, who may receive, and what nobody may receive elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.jurisdiction import (
    Accepted,
    Atlas,
    Entry,
    Fact,
    Refused,
    Rule,
    Scope,
    resolve,
)
from engine.domain.jurisdiction.catalogue import EXCLUSIONS, Law
from engine.domain.organisation import Units, read_units
from engine.errors import InvalidInput, NotFound

TODAY = date(2026, 11, 23)
START = date(2025, 7, 1)
HAI_CHAU, TRA_LINH, HOAN_KIEM, DA_NANG = "20242", "20950", "00070", "48"

RESIDENCE = Fact(
    name="residence", type="commune", label={"vi": "nơi thường trú", "en": "residence"}
)


def rule(kind: str, fact: Fact | None, body: str, **more: object) -> Rule:
    return Rule(
        id=kind,
        kind=kind,  # type: ignore[arg-type]
        fact=fact,
        body=body,  # type: ignore[arg-type]
        because={"vi": f"vì {fact.label['vi'] if fact else 'tại đây'}", "en": f"because {kind}"},
        source="118/2025/NĐ-CP",
        effective_from=START,
        **more,  # type: ignore[arg-type]
    )


def entry(code: str, by: str, **more: object) -> Entry:
    return Entry(
        code=code,
        name={"vi": code},
        level="commune",
        field="khcn",
        rule=by,
        effective_from=START,
        **more,  # type: ignore[arg-type]
    )


ENTRIES = (
    entry("1.004873", "residence"),
    entry("1.013949", "residence", exclusion="land"),
    entry("2.000815", "receiving_commune"),
    entry("2.002380", "provincial_department"),
    entry("9.000001", "nearest_skilled", skill="radiation"),
    entry("9.000002", "residence"),
    entry("9.000003", "residence"),
)
RULES = (
    rule("residence", RESIDENCE, "commune"),
    rule("receiving_commune", None, "commune"),
    rule("provincial_department", RESIDENCE, "department"),
    rule("nearest_skilled", None, "commune"),
)
SCOPES = (
    Scope(procedure="9.000002", province="*", reach="national", decision="QĐ 1",
          effective_from=START, effective_to=date(2027, 1, 1)),
    Scope(procedure="9.000003", province="48", reach="none", decision="QĐ 2", effective_from=START),
)  # fmt: skip


@cache
def units() -> Units:
    text = Path("processes/_law/organisation/units.csv").read_text(encoding="utf-8")
    return read_units(text.splitlines())


@cache
def atlas() -> Atlas:
    law = Law(
        entries={each.code: (each,) for each in ENTRIES},
        rules={each.id: (each,) for each in RULES},
        scopes={each.procedure: (each,) for each in SCOPES},
    )
    return Atlas(
        units=units(),
        law=law,
        departments={"khcn": "Sở Khoa học và Công nghệ"},
        skilled={"radiation": (TRA_LINH,)},
    )


def where(code: str, at: str, on: date = TODAY, **facts: object) -> Accepted | Refused:
    return resolve(atlas(), code, at, facts, on)


def agency(answer: Accepted | Refused) -> str:
    assert isinstance(answer, Accepted)
    return answer.competent_agency.name


def test_residence_decides_wherever_it_is_handed_in() -> None:
    answer = where("1.004873", HAI_CHAU, residence=TRA_LINH)

    assert agency(answer) == "UBND xã Trà Linh"
    assert isinstance(answer, Accepted)
    assert answer.explanation[0]["vi"] == "UBND xã Trà Linh, vì nơi thường trú"


def test_other_province_is_refused_with_the_right_counter() -> None:
    answer = where("1.004873", HOAN_KIEM, residence=TRA_LINH)

    assert answer == Refused(
        code="other-province",
        hint={"vi": "Nộp tại UBND xã Trà Linh.", "en": "Hand in at UBND xã Trà Linh."},
    )


def test_receiving_commune_needs_no_fact() -> None:
    assert agency(where("2.000815", HAI_CHAU)) == "UBND phường Hải Châu"


def test_provincial_department_of_the_field() -> None:
    answer = where("2.002380", HAI_CHAU, residence=TRA_LINH)

    assert agency(answer) == "Sở Khoa học và Công nghệ thành phố Đà Nẵng"
    assert isinstance(answer, Accepted)
    assert answer.competent_agency.unit_code == DA_NANG


def test_nobody_skilled_here_means_a_neighbour_and_else_the_province() -> None:
    assert agency(where("9.000001", HAI_CHAU)) == "UBND xã Trà Linh"
    assert agency(where("9.000001", HOAN_KIEM)) == "UBND thành phố Hà Nội"


def test_scope_rows_widen_and_narrow_by_date() -> None:
    assert agency(where("9.000002", HOAN_KIEM, residence=TRA_LINH)) == "UBND xã Trà Linh"

    later = where("9.000002", HOAN_KIEM, date(2027, 1, 1), residence=TRA_LINH)
    assert isinstance(later, Refused)

    narrow = where("9.000003", HAI_CHAU, residence=TRA_LINH)
    assert isinstance(narrow, Refused)
    assert narrow.code == "not-borderless"
    assert agency(where("9.000003", TRA_LINH, residence=TRA_LINH)) == "UBND xã Trà Linh"


def test_excluded_class_is_accepted_at_home_only() -> None:
    refused = where("1.013949", HAI_CHAU, residence=TRA_LINH)

    assert isinstance(refused, Refused)
    assert refused.code == "excluded-land"
    assert agency(where("1.013949", TRA_LINH, residence=TRA_LINH)) == "UBND xã Trà Linh"


def test_before_the_law_there_is_no_procedure() -> None:
    with pytest.raises(NotFound, match="in force"):
        where("1.004873", HAI_CHAU, date(2025, 6, 30), residence=TRA_LINH)


@pytest.mark.parametrize("facts", [{}, {"residence": None}, {"residence": "48"}, {"residence": 7}])
def test_missing_or_wrong_fact_is_named(facts: dict[str, object]) -> None:
    with pytest.raises(InvalidInput) as refusal:
        resolve(atlas(), "1.004873", HAI_CHAU, facts, TODAY)

    assert refusal.value.faults[0].pointer == "/facts/residence"


communes = st.sampled_from(
    [code for code, unit in units().by_code.items() if unit.tier == "commune"]
)


@given(communes, communes, st.sampled_from(EXCLUSIONS), st.sampled_from(["none", "national"]))
def test_no_input_makes_an_excluded_procedure_acceptable_elsewhere(
    at: str, home: str, exclusion: str, reach: str
) -> None:
    excluded = replace(ENTRIES[0], exclusion=exclusion)  # type: ignore[arg-type]
    scope = replace(SCOPES[0], procedure=excluded.code, reach=reach)  # type: ignore[arg-type]
    law = replace(
        atlas().law, entries={excluded.code: (excluded,)}, scopes={excluded.code: (scope,)}
    )
    answer = resolve(replace(atlas(), law=law), excluded.code, at, {"residence": home}, TODAY)

    assert isinstance(answer, Accepted) == (at == home)
