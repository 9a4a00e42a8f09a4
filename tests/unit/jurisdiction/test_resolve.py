"""Who decides, who may receive, and what nobody may receive elsewhere."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.domain.jurisdiction import Accepted, Refused, resolve
from engine.domain.jurisdiction.catalogue import EXCLUSIONS
from engine.domain.law import LawBook, LawRow, book_of
from engine.errors import InvalidInput, NotFound
from tests.unit.jurisdiction.rows import (
    DA_NANG,
    HAI_CHAU,
    HOAN_KIEM,
    RESIDENCE,
    TODAY,
    TRA_LINH,
    entry,
    law_row,
    own_units,
    rule,
    scope,
)

ROWS = (
    entry("1.004873", "residence"),
    entry("1.013949", "residence", exclusion="land"),
    entry("2.000815", "receiving_commune"),
    entry("2.002380", "provincial_department"),
    entry("9.000001", "nearest_skilled", skill="radiation"),
    entry("9.000002", "residence"),
    entry("9.000003", "residence"),
    rule("residence", "commune", RESIDENCE),
    rule("receiving_commune", "commune"),
    rule("provincial_department", "department", RESIDENCE),
    rule("nearest_skilled", "commune"),
    scope("9.000002", "*", "national", decision="QĐ 1", ends=date(2027, 1, 1)),
    scope("9.000003", "48", "none", decision="QĐ 2"),
    law_row("department", "khcn", name="Sở Khoa học và Công nghệ"),
    law_row("field", "khcn", name="Khoa học", department="khcn"),
    law_row("skilled-unit", "radiation/20950", skill="radiation", unit=TRA_LINH),
)


@cache
def book() -> LawBook:
    return book_of([*own_units(), *ROWS])


def where(code: str, at: str, on: date = TODAY, **facts: object) -> Accepted | Refused:
    return resolve(book(), code, at, facts, on)


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


def test_place_by_feel_takes_the_second_fact_when_the_first_is_missing() -> None:
    second = {"name": "temporary", "type": "commune", "required": False, "label": {"vi": "t"}}
    by = rule(
        "residence",
        "commune",
        RESIDENCE,
        second,
        place="if residence != null then residence else temporary",
    )
    law = _with(by)

    first = resolve(law, "1.004873", HAI_CHAU, {"temporary": TRA_LINH}, TODAY)

    assert agency(first) == "UBND xã Trà Linh"
    with pytest.raises(InvalidInput, match="residence"):
        resolve(law, "1.004873", HAI_CHAU, {}, TODAY)


def test_provincial_counter_cannot_receive_what_a_commune_decides_itself() -> None:
    answer = where("2.000815", "rp-48")

    assert isinstance(answer, Refused)
    assert answer.code == "receiving-commune-only"


def test_before_the_law_there_is_no_procedure() -> None:
    with pytest.raises(NotFound, match="in force"):
        where("1.004873", HAI_CHAU, date(2025, 6, 30), residence=TRA_LINH)


@pytest.mark.parametrize("facts", [{}, {"residence": None}, {"residence": "48"}, {"residence": 7}])
def test_missing_or_wrong_fact_is_named(facts: dict[str, object]) -> None:
    with pytest.raises(InvalidInput) as refusal:
        resolve(book(), "1.004873", HAI_CHAU, facts, TODAY)

    assert refusal.value.faults[0].pointer == "/facts/residence"


COMMUNES = [row.id for row in own_units() if row.id in book().kinds["unit"] and len(row.id) == 5]
communes = st.sampled_from(COMMUNES)
junk = st.one_of(st.none(), st.integers(), st.text(max_size=6), communes, st.just("48"))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    communes,
    st.dictionaries(st.sampled_from(["residence", "place", "x"]), junk),
    st.sampled_from(EXCLUSIONS),
    st.sampled_from(["none", "province", "national"]),
    st.sampled_from(["residence", "receiving_commune", "provincial_department", "nearest_skilled"]),
)
def test_no_input_makes_an_excluded_procedure_acceptable_elsewhere(
    at: str, facts: dict[str, object], exclusion: str, reach: str, by: str
) -> None:
    rows = [
        entry("9.000009", by, exclusion=exclusion, skill="radiation"),
        scope("9.000009", "*", reach),
        scope("9.000009", "48", reach),
    ]
    answer = resolve(_with(*rows), "9.000009", at, facts, TODAY)

    if isinstance(answer, Accepted):
        # Only at home, and only where a fact shows that this is home.
        assert answer.competent_agency.unit_code == at == facts["residence"]
    else:
        assert answer.code == f"excluded-{exclusion.replace('_', '-')}"


def _with(*rows: LawRow) -> LawBook:
    kinds = {kind: dict(held) for kind, held in book().kinds.items()}
    for row in rows:
        kinds.setdefault(row.kind, {})[row.id] = (row,)
    return LawBook(kinds)
