"""The shipped law: golden dates, and what each kind of row does."""

from __future__ import annotations

from datetime import date, time

import pytest

from engine.domain.clock.law import LegalCalendars
from engine.domain.law import LawRow, book_of
from engine.errors import NotFound
from tests.unit.clock.law_of_files import LAW, ROWS, at, book_with, book_without, due

TET = {2027: "02-06", 2028: "01-26", 2029: "02-13", 2030: "02-02", 2031: "01-23"}
HUNG_KINGS = ("2027-04-16", "2028-04-04", "2029-04-23", "2030-04-12")


@pytest.mark.parametrize(
    ("start", "term", "day"),
    [
        ("2026-11-23T09:00", "3WD", "2026-11-27"),
        ("2025-12-31T09:00", "1WD", "2026-01-05"),
        ("2026-01-09T09:00", "1WD", "2026-01-10"),
        ("2026-08-28T09:00", "1WD", "2026-09-03"),
        ("2026-08-21T09:00", "1WD", "2026-08-22"),
        ("2026-04-24T09:00", "1WD", "2026-04-28"),
    ],
)
def test_golden_dates_with_the_shipped_rows(start: str, term: str, day: str) -> None:
    assert due(start, term).at == at(f"{day}T17:00")


@pytest.mark.parametrize(("year", "day"), TET.items())
def test_tet_is_lunar_at_utc_plus_7(year: int, day: str) -> None:
    """2030 is 2 February here and 3 February one zone to the east."""
    first = date.fromisoformat(f"{year}-{day}")

    rule = LAW.calendar().day(first).rule

    assert rule is not None
    assert rule.name["en"] == "Lunar New Year"
    assert not LAW.calendar().day(first).works


@pytest.mark.parametrize("day", HUNG_KINGS)
def test_hung_kings_days(day: str) -> None:
    rule = LAW.calendar().day(date.fromisoformat(day)).rule

    assert rule is not None
    assert "Hùng Vương" in rule.name["vi"]


@pytest.mark.parametrize(
    ("start", "day"),
    [
        ("2027-02-03T09:00", "2027-02-11"),
        ("2028-01-21T09:00", "2028-01-31"),
        ("2029-02-09T09:00", "2029-02-19"),
        ("2030-01-30T09:00", "2030-02-07"),
        ("2031-01-20T09:00", "2031-01-28"),
    ],
)
def test_one_working_day_across_tet(start: str, day: str) -> None:
    assert due(start, "1WD").at.date() == date.fromisoformat(day)


def test_deleting_one_holiday_changes_exactly_the_lines_from_it_on() -> None:
    without = LegalCalendars(book_without(("holiday", "2026-11-24"))).calendar()

    before = due("2026-11-20T09:00", "3WD").lines
    after = due("2026-11-20T09:00", "3WD", without).lines

    same = [line for line in before if line.date < date(2026, 11, 24)]
    assert len(same) == 4
    assert list(after[:4]) == same
    assert all(old != new for old, new in zip(before[4:], after[4:], strict=False))
    assert (before[-1].date, after[-1].date) == (date(2026, 11, 26), date(2026, 11, 25))


def test_every_line_has_rule_and_source_in_both_languages() -> None:
    for line in due("2025-12-29T09:00", "40WD").lines:
        assert line.rule
        assert line.source_text["vi"] and line.source_text["en"]
        assert line.text["vi"] != line.text["en"]


def test_every_source_of_a_day_is_written_in_both_languages() -> None:
    known = {row.id for row in ROWS if row.kind == "law-source"}

    assert {row.source for row in ROWS if row.kind in {"holiday", "notice", "pause-rule"}} <= known


def hours(unit: str, purpose: str, begins: str, **week: list[str]) -> LawRow:
    body = {"id": f"{purpose}-x", "purpose": purpose, "unit": unit, "hours": week}
    return LawRow(
        kind="office-hours",
        id=f"{purpose}-{unit}",
        effective_from=date.fromisoformat(begins),
        body=body,
        source="QĐ 1",
    )


def test_saturday_reception_is_no_legal_working_day() -> None:
    day = ["07:00-11:30"]
    week = dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat"), day)
    law = LegalCalendars(book_with(hours("48/", "reception", "2026-01-01", **week)))
    saturday = date(2026, 11, 28)

    assert law.calendar("48/20242/", "reception").day(saturday).works
    assert not law.calendar("01/00070/", "reception").day(saturday).works
    assert not law.calendar("48/20242/", "legal").day(saturday).works


def test_hours_change_on_the_day_their_row_says() -> None:
    week = {key: ["07:00-11:30", "13:30-17:00"] for key in ("mon", "tue", "wed", "thu", "fri")}
    law = LegalCalendars(book_with(hours("48/", "processing", "2026-12-01", **week)))
    here = law.calendar("48/20242/")

    assert due("2026-11-25T11:00", "1h", here).at == at("2026-11-25T13:30")
    assert due("2026-12-02T11:00", "1h", here).at == at("2026-12-02T14:00")


def test_a_unit_may_have_a_day_off_of_its_own() -> None:
    body = {"unit": "48/", "date": "2026-11-25", "kind": "off", "name": {"vi": "lũ", "en": "flood"}}
    row = LawRow(kind="unit-day", id="48/2026-11-25", body=body, source="QĐ 9")
    law = LegalCalendars(book_with(row))

    assert due("2026-11-23T09:00", "1WD", law.calendar("48/20242/")).at.day == 26
    assert due("2026-11-23T09:00", "1WD", law.calendar("01/00070/")).at.day == 25


def test_supplement_of_the_nearest_area_and_procedure() -> None:
    def area(id: str, unit: str, term: str, *codes: str) -> LawRow:
        body = {"id": id, "unit": unit, "term": term, "procedures": list(codes)}
        return LawRow(kind="area-supplement", id=id, body=body, source="NQ 2")

    law = LegalCalendars(
        book_with(area("tinh", "48/", "5D"), area("xa", "48/20242/", "10D", "1.013949"))
    )
    day = date(2026, 3, 2)

    found = law.supplement("48/20242/", "1.013949", day)
    assert found is not None and str(found.term) == "10D"
    other = law.supplement("48/20242/", "2.000815", day)
    assert other is not None and str(other.term) == "5D"
    assert law.supplement("01/00070/", "1.013949", day) is None


def test_a_pause_needs_a_rule_of_the_law() -> None:
    assert LAW.pause_rule("nghia-vu-tai-chinh", date(2026, 3, 2)).kind == "finance"
    with pytest.raises(NotFound) as refusal:
        LAW.pause_rule("mat-mang", date(2026, 3, 2))
    assert refusal.value.reason == "pause-rule-unknown"
    with pytest.raises(NotFound):
        LAW.pause_rule("nghia-vu-tai-chinh", date(2025, 6, 30))


def test_years_without_any_holiday_are_named() -> None:
    empty = LegalCalendars(book_of(()))

    assert empty.years_without_holidays([date(2026, 1, 1), date(2027, 1, 1)]) == (2026, 2027)
    assert LAW.years_without_holidays([date(2026, 1, 1)]) == ()


def test_cut_off_of_a_unit() -> None:
    row = hours("48/", "reception", "2026-01-01", mon=["07:30-11:30"])
    row = LawRow(kind=row.kind, id=row.id, body={**row.body, "cut_off": "15:00"}, source="QĐ")
    law = LegalCalendars(book_with(row))

    assert law.cut_off("48/20242/", date(2026, 3, 2)) == time(15)
    assert law.cut_off("01/00070/", date(2026, 3, 2)) is None
