"""Old names and codes on old papers, points of both topologies, and the end of districts."""

from __future__ import annotations

from datetime import date

import pytest

from engine.domain.jurisdiction import atlas_on
from engine.domain.organisation import (
    all_agencies,
    all_points,
    check_organisation,
    find_agency,
    former_units,
    present_units,
    successors,
)
from engine.errors import InvalidInput, NotFound
from tests.unit.jurisdiction.rows import TODAY, law_row, shipped

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


@pytest.mark.parametrize(
    ("code", "on", "now"),
    [("15", BEFORE, "15"), ("10", BEFORE, "15"), ("49", BEFORE, "48"), ("20347", BEFORE, "20341")],
)
def test_code_on_an_old_paper_leads_to_the_unit_of_today(code: str, on: date, now: str) -> None:
    assert [unit.code for unit in present_units(shipped(), code, on, TODAY)] == [now]


def test_one_code_with_two_meanings() -> None:
    found = {former.label: former for former in former_units(shipped(), "15", TODAY)}

    assert set(found) == {"Yên Bái", "Lào Cai"}
    assert found["Yên Bái"].effective_to == AFTER
    assert found["Lào Cai"].effective_to is None


@pytest.mark.parametrize(
    "words", ["Bắc Giang", "bac giang", "Bà Rịa - Vũng", "soc trang", "yen bai"]
)
def test_names_merged_away_are_found_with_dates_and_successor(words: str) -> None:
    (former, *_) = former_units(shipped(), words, TODAY)

    assert former.effective_to == AFTER
    assert len(former.present) == 1
    assert former.steps[0].decision == "202/2025/QH15"
    assert not former.verified


def test_steps_name_day_and_decision() -> None:
    (step,) = successors(shipped(), "20347", BEFORE, TODAY)

    assert (step.old.name, step.new.name, step.on) == ("Phường An Xuân", "Phường Tam Kỳ", AFTER)
    assert step.decision == "1659/NQ-UBTVQH15"


def test_sixty_three_provinces_before_and_thirty_four_after() -> None:
    for day, count in ((BEFORE, 63), (AFTER, 34)):
        units = atlas_on(shipped(), day).units
        assert sum(unit.tier == "province" for unit in units.by_code.values()) == count


def test_live_district_is_refused_after_the_first_of_july_and_passes_before() -> None:
    district = law_row(
        "unit", "492", begins=date(2009, 1, 1), code="492", name="Quận Hải Châu", kind="quận",
        province_code="48", tier="district",
    )  # fmt: skip
    child = law_row(
        "unit", "20230", begins=date(2009, 1, 1), code="20230", name="Phường Thuận Phước",
        kind="phường", province_code="492", tier="commune",
    )  # fmt: skip
    book = shipped().with_rows([district, child])

    check_organisation(book, BEFORE)
    with pytest.raises(InvalidInput) as refusal:
        check_organisation(book, AFTER)
    codes = {fault.code for fault in refusal.value.faults}
    assert codes == {"district-live", "district-parent"}


def test_edge_to_nowhere_is_refused() -> None:
    edge = law_row("succession", "20242>99999", **{"from": "20242", "to": "99999"})

    with pytest.raises(InvalidInput, match="99999"):
        check_organisation(shipped().with_rows([edge]), TODAY)


def test_shipped_organisation_holds_together() -> None:
    check_organisation(shipped(), TODAY)


def test_points_and_agencies_of_the_country() -> None:
    units = atlas_on(shipped(), TODAY).units
    points = {point.id: point for point in all_points(shipped(), units, TODAY)}
    agencies = [agency.id for agency in all_agencies(shipped(), units, TODAY)]

    assert len(points) == 34 + 3321 + 1
    assert points["rp-01-chi-nhanh-1"].operated_by == "01"
    assert points["rp-01-chi-nhanh-1"].located_in == "00070"
    assert len(agencies) == len(set(agencies)) == 34 + 3321 + 34 * 13 + 13


@pytest.mark.parametrize("id", ["ubnd-20242", "ubnd-48", "so-khcn-48", "bo-khcn", "ca-20242"])
def test_agency_by_its_id(id: str) -> None:
    agency = find_agency(shipped(), atlas_on(shipped(), TODAY).units, id, TODAY)

    assert agency is not None
    assert agency.id == id


@pytest.mark.parametrize("id", ["ubnd-99999", "so-khcn-99", "so-magic-48", "x", "", "bo-magic"])
def test_no_such_agency(id: str) -> None:
    assert find_agency(shipped(), atlas_on(shipped(), TODAY).units, id, TODAY) is None


@pytest.mark.parametrize("name", ["rp-99999", "99999", "", "rp-", "rp-01-chi-nhanh-9"])
def test_no_such_point(name: str) -> None:
    with pytest.raises(NotFound):
        atlas_on(shipped(), TODAY).point(name)
