"""Due dates people can check on a wall calendar."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.clock import (
    DayRule,
    Pause,
    Session,
    WorkCalendar,
    compute_due,
    parse_term,
    working_days_between,
)
from engine.domain.clock.calendar import HANOI, OFFICE_HOURS
from engine.errors import InvalidInput


def rule(day: date, kind: str, name: str) -> DayRule:
    return DayRule(
        date=day,
        kind=kind,  # type: ignore[arg-type]
        name={"vi": name, "en": name},
        rule=f"{kind}-{day}",
        source="test",
    )


CALENDAR = WorkCalendar(
    rules=(
        rule(date(2026, 1, 1), "holiday", "Tết Dương lịch"),
        rule(date(2026, 1, 2), "off", "nghỉ theo thông báo"),
        rule(date(2026, 1, 10), "worked", "làm bù"),
        rule(date(2026, 8, 22), "worked", "làm bù"),
        rule(date(2026, 8, 31), "off", "nghỉ bù"),
        rule(date(2026, 9, 1), "holiday", "Quốc khánh"),
        rule(date(2026, 9, 2), "holiday", "Quốc khánh"),
        rule(date(2026, 11, 24), "holiday", "Ngày Văn hóa Việt Nam"),
    )
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


def due(start: str, term: str, **more: object) -> datetime:
    return compute_due(at(start), parse_term(term), CALENDAR, **more).at  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "term", "day"),
    [
        ("2026-11-23T09:00", "3WD", "2026-11-27"),
        ("2025-12-31T09:00", "1WD", "2026-01-05"),
        ("2026-01-09T09:00", "1WD", "2026-01-10"),
        ("2026-08-28T09:00", "1WD", "2026-09-03"),
        ("2026-08-21T09:00", "1WD", "2026-08-22"),
        ("2026-11-23T09:00", "15D", "2026-12-08"),
        ("2026-11-23T09:00", "5D", "2026-11-30"),
    ],
)
def test_golden_days(start: str, term: str, day: str) -> None:
    assert due(start, term) == at(f"{day}T17:00")


@pytest.mark.parametrize(
    ("start", "term", "end"),
    [
        ("2026-11-25T09:00", "0.5WD", "2026-11-25T14:30"),
        ("2026-11-25T09:00", "4h", "2026-11-25T14:30"),
        ("2026-11-25T16:00", "4h", "2026-11-26T10:30"),
        ("2026-11-23T16:00", "4h", "2026-11-25T10:30"),
        ("2026-11-25T06:00", "1h", "2026-11-25T08:30"),
        ("2026-11-25T12:00", "1h", "2026-11-25T14:00"),
        ("2026-11-25T18:00", "8h", "2026-11-26T17:00"),
        ("2026-11-28T10:00", "8h", "2026-11-30T17:00"),
        ("2026-11-25T07:30", "0.25WD", "2026-11-25T09:30"),
    ],
)
def test_hours_run_in_office_hours_only(start: str, term: str, end: str) -> None:
    assert due(start, term) == at(end)


@pytest.mark.parametrize(
    ("start", "day"),
    [
        ("2026-11-23T14:59", "2026-11-23"),
        ("2026-11-23T15:00", "2026-11-25"),
        ("2026-11-28T09:00", "2026-11-30"),
    ],
)
def test_same_day_with_cut_off(start: str, day: str) -> None:
    assert due(start, "0WD", cut_off=time(15)) == at(f"{day}T17:00")


def test_late_receipt_counts_from_the_next_working_day() -> None:
    assert due("2026-11-23T15:30", "3WD", cut_off=time(15)) == at("2026-11-30T17:00")


def test_difficult_area_adds_on_top() -> None:
    plain, more = parse_term("15D"), parse_term("10D")

    result = compute_due(at("2026-03-02T09:00"), plain, CALENDAR, supplement=more)

    assert result.at == at("2026-03-27T17:00")


def test_deleting_a_holiday_changes_exactly_the_lines_from_it_on() -> None:
    start, term = at("2026-11-23T09:00"), parse_term("3WD")

    with_day = compute_due(start, term, CALENDAR).lines
    without = compute_due(start, term, CALENDAR.without([date(2026, 11, 24)])).lines

    assert with_day[0] == without[0]
    assert with_day[1].date == without[1].date == date(2026, 11, 24)
    assert with_day[1].rule == "holiday-2026-11-24"
    assert without[1].rule == "working-day"
    assert without[-1].date == date(2026, 11, 26)


def test_every_day_has_one_line_in_both_languages() -> None:
    lines = compute_due(at("2026-08-28T09:00"), parse_term("2WD"), CALENDAR).lines

    assert [line.date for line in lines] == [
        date(2026, 8, 28) + timedelta(days=n) for n in range(8)
    ]
    assert lines[3].text["vi"] == "Thứ Hai 31/08/2026: nghỉ bù"
    assert lines[-1].text["en"] == "Friday 04/09/2026: working day 2"


def pause(start: str, end: str | None, rule: str = "r1") -> Pause:
    return Pause(start=at(start), end=at(end) if end else None, kind="supplement", rule=rule)


def test_overlapping_pauses_count_once() -> None:
    one = due("2026-11-30T09:00", "3WD", pauses=[pause("2026-12-01T10:00", "2026-12-02T15:00")])
    two = due(
        "2026-11-30T09:00",
        "3WD",
        pauses=[
            pause("2026-12-01T10:00", "2026-12-02T15:00"),
            pause("2026-12-01T11:00", "2026-12-02T14:00", "r2"),
        ],
    )

    assert one == two == at("2026-12-07T17:00")


def test_pause_over_a_weekend_costs_nothing() -> None:
    paused = due("2026-11-26T09:00", "3WD", pauses=[pause("2026-11-27T17:00", "2026-11-30T07:30")])

    assert paused == due("2026-11-26T09:00", "3WD")


def test_paused_hours_are_added_exactly() -> None:
    stands = [pause("2026-11-25T10:00", "2026-11-25T11:00")]

    assert due("2026-11-25T09:00", "4h", pauses=stands) == at("2026-11-25T15:30")


@pytest.mark.parametrize("text", ["", "3", "WD", "-1WD", "3wd", "1.5D", "3 ngày", "9999WD", "٣WD"])
def test_wrong_terms_are_refused_with_a_way_to_mend(text: str) -> None:
    with pytest.raises(InvalidInput, match="term"):
        parse_term(text)


def test_time_without_offset_is_refused() -> None:
    with pytest.raises(InvalidInput) as refusal:
        compute_due(datetime(2026, 11, 23, 9), parse_term("1WD"), CALENDAR)

    assert refusal.value.reason == "time-naive"


def test_calendar_without_working_days_ends_with_an_error() -> None:
    with pytest.raises(InvalidInput) as refusal:
        compute_due(at("2026-11-23T09:00"), parse_term("1WD"), WorkCalendar(hours={}))

    assert refusal.value.reason == "calendar-empty"


def test_unit_rule_wins_over_the_nation() -> None:
    flood = DayRule(
        date=date(2026, 11, 25),
        kind="off",
        name={"vi": "lũ lụt"},
        rule="flood",
        source="QĐ 1",
        unit="48/",
    )
    here = WorkCalendar(rules=(*CALENDAR.rules, flood), unit="48/20242/")
    elsewhere = WorkCalendar(rules=here.rules, unit="01/00070/")
    start, term = at("2026-11-23T09:00"), parse_term("1WD")

    assert compute_due(start, term, here).at.date() == date(2026, 11, 26)
    assert compute_due(start, term, elsewhere).at.date() == date(2026, 11, 25)


starts = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(
    lambda each: each.replace(tzinfo=HANOI)
)


@given(starts, st.integers(0, 60))
def test_more_days_are_never_due_earlier(start: datetime, days: int) -> None:
    sooner = compute_due(start, parse_term(f"{days}WD"), CALENDAR).at
    later = compute_due(start, parse_term(f"{days + 1}WD"), CALENDAR).at

    assert sooner <= later


@given(starts, st.integers(1, 60))
def test_due_day_works_and_the_count_agrees(start: datetime, days: int) -> None:
    end = compute_due(start, parse_term(f"{days}WD"), CALENDAR).at

    assert CALENDAR.day(end.date()).works
    assert working_days_between(CALENDAR, start.date(), end.date()) == days


@given(starts, st.integers(1, 40), st.integers(0, 200), st.integers(0, 200))
def test_a_pause_never_makes_it_earlier(start: datetime, days: int, after: int, long: int) -> None:
    begin = start + timedelta(hours=after)
    stands = Pause(start=begin, end=begin + timedelta(hours=long), kind="other", rule="r")
    term = parse_term(f"{days}WD")

    assert (
        compute_due(start, term, CALENDAR, pauses=[stands]).at
        >= compute_due(start, term, CALENDAR).at
    )


@given(starts, st.integers(1, 400))
def test_hours_spend_exactly_the_term(start: datetime, hours: int) -> None:
    lines = compute_due(start, parse_term(f"{hours}h"), CALENDAR).lines
    spent = sum((line.counted for line in lines), Decimal(0))

    assert abs(spent - hours) < Decimal("0.1") * len(lines)


def test_saturday_reception_is_a_calendar_of_its_own() -> None:
    hours = dict.fromkeys(range(5), OFFICE_HOURS) | {5: (Session(time(8), time(11)),)}
    reception = WorkCalendar(hours=hours)

    assert reception.day(date(2026, 11, 28)).works
    assert reception.closing(date(2026, 11, 28)) == at("2026-11-28T11:00")
