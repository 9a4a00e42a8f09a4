"""What went wrong in other systems' clocks, and must not here."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engine.domain.clock import Pause, parse_term
from engine.domain.clock.law import LegalCalendars
from tests.unit.clock.law_of_files import LAW, at, book_without, due


def pause(start: str, end: str, rule: str = "bo-sung-ho-so") -> Pause:
    return Pause(start=at(start), end=at(end), kind="supplement", rule=rule)


def test_a_holiday_given_is_a_holiday_counted() -> None:
    """jBPM 4533, pm4py 558: holidays were accepted and then ignored."""
    without = LegalCalendars(book_without(("holiday", "2026-11-24"))).calendar()

    assert due("2026-11-23T09:00", "3WD").at.day == 27
    assert due("2026-11-23T09:00", "3WD", without).at.day == 26


def test_a_start_before_opening_begins_at_opening() -> None:
    """jBPM 9546: a timer started before opening hours went wrong."""
    assert due("2026-11-25T05:10", "2h").at == at("2026-11-25T09:30")


def test_a_start_after_closing_begins_next_morning() -> None:
    """jBPM 1342: after hours."""
    assert due("2026-11-25T20:00", "2h").at == at("2026-11-26T09:30")
    assert due("2026-11-27T17:00", "2h").at == at("2026-11-30T09:30")


def test_one_day_is_one_day_and_not_24_business_hours() -> None:
    """jmix 790: P1D became about three days."""
    assert due("2026-11-25T09:00", "1WD").at == at("2026-11-26T17:00")
    assert due("2026-11-25T09:00", "8h").at == at("2026-11-26T09:00")
    assert due("2026-11-25T09:00", "24h").at.date() == date(2026, 11, 30)


def test_units_of_time_are_what_they_say() -> None:
    """OpenCPS 1178: one day fired after five minutes."""
    start = at("2026-11-25T09:00")

    assert due("2026-11-25T09:00", "1D").at - start >= timedelta(days=1)
    assert due("2026-11-25T09:00", "1h").at - start == timedelta(hours=1)


def test_each_calendar_is_its_own() -> None:
    """Camunda CAM-12829, flowable 3629: one calendar for everything."""
    reception, legal = LAW.calendar("", "reception"), LAW.calendar("", "legal")

    assert reception is not legal
    assert due("2026-11-23T09:00", "3WD", legal).at.day == 27


def test_repeated_supplements_do_not_make_it_overdue() -> None:
    """OpenCPS 1254: after several supplements a dossier in time counted as overdue."""
    waits = [
        pause("2026-12-01T10:00", "2026-12-02T10:00"),
        pause("2026-12-03T10:00", "2026-12-04T10:00"),
        pause("2026-12-07T10:00", "2026-12-08T10:00"),
    ]

    assert due("2026-11-30T09:00", "3WD", pauses=waits).at.date() == date(2026, 12, 11)


def test_a_step_waits_with_the_citizen_and_counts_from_its_first_pass() -> None:
    """OpenCPS 1112: a step's clock has to add the time the citizen took."""
    whole = due("2026-11-30T08:00", "1WD").at
    waited = due("2026-11-30T08:00", "1WD", pauses=[pause("2026-12-01T09:00", "2026-12-03T16:00")])

    assert whole.date() == date(2026, 12, 1)
    assert waited.at.date() == date(2026, 12, 4)
    assert [line.rule for line in waited.lines].count("bo-sung-ho-so") == 3


def test_same_day_rule_with_an_answer_at_the_last_minute() -> None:
    """Supplement answered at 16:50: what is left of the day is not a day."""
    stands = [pause("2026-11-25T10:00", "2026-11-25T16:50")]

    assert due("2026-11-25T09:00", "0WD", pauses=stands).at == at("2026-11-26T17:00")


def test_deadline_inside_tet_with_a_swapped_saturday() -> None:
    assert due("2026-02-13T09:00", "1WD").at.date() == date(2026, 2, 23)
    assert due("2026-08-21T16:00", "4h").at == at("2026-08-22T10:30")


@pytest.mark.parametrize("days", [14, 15, 16])
def test_area_supplement_is_a_sum_whatever_day_the_first_part_ends(days: int) -> None:
    plain = due("2026-03-02T09:00", f"{days}D", supplement=parse_term("10D")).at
    sum_of_both = due("2026-03-02T09:00", f"{days + 10}D").at

    assert plain == sum_of_both
