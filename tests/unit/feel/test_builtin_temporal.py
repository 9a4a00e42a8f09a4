"""Dates, times and durations made, taken apart and asked of the host."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("now()", '@"2026-03-02T09:00:00@Asia/Ho_Chi_Minh"'),
        ("today()", '@"2026-03-02"'),
        ('date("2026-03-02")', '@"2026-03-02"'),
        ("date(2026, 2, 29)", "null"),
        ("date(2028, 2, 29)", '@"2028-02-29"'),
        ('date(@"2026-03-02T10:00:00")', '@"2026-03-02"'),
        ('date("02/03/2026")', "null"),
        ('time("10:30:00")', '@"10:30:00"'),
        ("time(10, 30, 15.25)", '@"10:30:15.25"'),
        ('time(10, 30, 0, @"PT7H")', '@"10:30:00+07:00"'),
        ("time(24, 0, 0)", "null"),
        ("time(10.5, 0, 0)", "null"),
        ('time(10, 0, 0, @"PT19H")', "null"),
        ('time(@"2026-03-02T10:30:00+07:00")', '@"10:30:00+07:00"'),
        ('time(@"2026-03-02")', '@"00:00:00Z"'),
        ('date and time("2026-03-02T10:30:00")', '@"2026-03-02T10:30:00"'),
        ('date and time(@"2026-03-02", @"10:30:00Z")', '@"2026-03-02T10:30:00Z"'),
        ('date and time("10:30")', "null"),
        ('date and time(@"2026-03-02T00:00:00Z", "Asia/Ho_Chi_Minh").hour', "7"),
        ('date and time(@"2026-03-29T01:30:00Z", "Europe/Paris").hour', "3"),
        ('date and time(@"2026-03-02T00:00:00Z", "Nowhere")', "null"),
        ('duration("P1DT2H")', '@"P1DT2H"'),
        ('duration("1D")', "null"),
        ('duration(@"P1D")', '@"P1D"'),
        ('years and months duration(@"2024-01-31", @"2026-03-02")', '@"P2Y1M"'),
        ('years and months duration(@"2026-03-02", @"2024-01-31")', '@"-P2Y1M"'),
        ('years and months duration(@"2026-03-02", @"2026-03-30")', '@"P0M"'),
        ('day of week(@"2026-03-02")', '"Monday"'),
        ('day of year(@"2024-12-31")', "366"),
        ('month of year(@"2026-03-02")', '"March"'),
        ('week of year(@"2027-01-01")', "53"),
        ('week of year(@"2024-12-30")', "1"),
        ('last day of month(@"2024-02-10")', '@"2024-02-29"'),
        ('last day of month(@"2026-12-10T10:00:00")', '@"2026-12-31"'),
        ('number("1234.5")', "1234.5"),
        ('number("1 234,5", " ", ",")', "1234.5"),
        ('number("1.234.567", ".", ",")', "1234567"),
        ('number("12,5", ",", ",")', "null"),
        ('number("1.5", ";", ".")', "null"),
        ('number("12a")', "null"),
        ('number("")', "null"),
        ("number(5)", "5"),
        ("string(1.50)", '"1.5"'),
        ("string(150000 * 1.5)", '"225000"'),
        ("string(100)", '"100"'),
        ("string(-0.0)", '"0"'),
        ("string(1e3)", '"1000"'),
        ("string(1e-40)", '"1e-40"'),
        ("string(null)", "null"),
        ('string([1, "a", {b: @"P1D"}])', '"[1, \\"a\\", {b: P1D}]"'),
        ("string([1..2))", '"[1..2)"'),
        ("string(abs)", '"function(n)"'),
        ('range("[1..3)")', "[1..3)"),
        ('range("[-3..-1]")', "[-3..-1]"),
        ('range("[date(\\"2026-01-01\\")..@\\"2026-02-01\\"]").start', '@"2026-01-01"'),
        ('range("[1..x]")', "null"),
        ('range("[3..1]")', "null"),
        ('range("1")', "null"),
        ('range("[1..")', "null"),
    ],
)
def test_temporal_values_and_conversions(literal_of, text, value):
    assert literal_of(text) == value


def test_civil_days_agree_with_pythons_calendar():
    from datetime import date, timedelta

    from engine.feel.values.dates import date_of_day_number

    epoch = date(1970, 1, 1)
    for number in range(-719_162, 2_932_896, 9_973):
        day = epoch + timedelta(days=number)
        ours = date_of_day_number(number)

        assert (ours.year, ours.month, ours.day) == (day.year, day.month, day.day)
        assert ours.day_number == number
        assert ours.weekday == day.isoweekday()
        assert ours.week_of_year == day.isocalendar().week
        assert ours.day_of_year == day.timetuple().tm_yday


def test_civil_days_are_a_bijection_beyond_pythons_calendar():
    from engine.feel.values.dates import date_of_day_number

    for number in range(-400_000_000, 400_000_000, 7_777_777):
        assert date_of_day_number(number).day_number == number
