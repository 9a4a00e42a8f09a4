"""Durations, cycles, cron, instants: calendar arithmetic in Vietnamese time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.runtime.cron import Cron
from engine.runtime.duration import parse_duration
from engine.runtime.expression import ZONE
from engine.runtime.timer import first_due, next_due, parse_cycle, parse_instant

BOTH_WAYS = False


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("start", "duration", "expected"),
    [
        ("2026-01-31T09:00", "P1M", "2026-02-28T09:00"),
        ("2028-01-31T09:00", "P1M", "2028-02-29T09:00"),
        ("2028-02-29T09:00", "P1Y", "2029-02-28T09:00"),
        ("2026-03-31T23:30", "P1M", "2026-04-30T23:30"),
        ("2026-01-05T09:00", "P2W", "2026-01-19T09:00"),
        ("2026-01-05T09:00", "P1DT2H30M", "2026-01-06T11:30"),
        ("2026-01-05T09:00", "PT90S", "2026-01-05T09:01:30"),
        ("2026-01-05T09:00", "P0.5D", "2026-01-05T21:00"),
        ("2026-01-05T09:00", "-P1D", "2026-01-04T09:00"),
        ("2026-12-31T09:00", "P14M", "2028-02-29T09:00"),
    ],
)
def test_durations(start: str, duration: str, expected: str) -> None:
    assert parse_duration(duration).after(local(start), ZONE) == local(expected)


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "1D", "P1H", "PT1D", "P1.5M", "P1Y2", "PT1H1H", "P99999999999D"]
)
def test_bad_durations(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_duration(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-31", "2026-01-30T17:00:00+00:00"),
        ("2026-01-31T08:00", "2026-01-31T01:00:00+00:00"),
        ("2026-01-31T08:00:00Z", "2026-01-31T08:00:00+00:00"),
        ("2026-01-31T08:00:00-02:00", "2026-01-31T10:00:00+00:00"),
        ("2026-01-31T08:00:00@Europe/Paris", "2026-01-31T07:00:00+00:00"),
        ("2026-01-31T08:00:00+01:00[Europe/Paris]", "2026-01-31T07:00:00+00:00"),
    ],
)
def test_instants(text: str, expected: str) -> None:
    assert parse_instant(text) == datetime.fromisoformat(expected)


def test_a_monthly_cycle_stays_on_the_last_day() -> None:
    due = first_due("cycle", "R4/P1M", local("2026-01-31T09:00"))
    days = [due.at.astimezone(ZONE).date().isoformat()]
    while (following := next_due("R4/P1M", due)) is not None:
        due = following
        days.append(due.at.astimezone(ZONE).date().isoformat())
    assert days == ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("R/PT10M", "2026-01-05T09:10", "2026-01-05T09:20"),
        ("R3/2026-01-10T08:00:00/P1D", "2026-01-10T08:00", "2026-01-11T08:00"),
        ("R3/P1D/2026-01-10T08:00:00", "2026-01-09T08:00", "2026-01-10T08:00"),
        ("0 30 7 * * MON-FRI", "2026-01-06T07:30", "2026-01-07T07:30"),
        ("@daily", "2026-01-06T00:00", "2026-01-07T00:00"),
    ],
)
def test_cycles(text: str, first: str, second: str) -> None:
    due = first_due("cycle", text, local("2026-01-05T09:00"))
    following = next_due(text, due)
    assert due.at == local(first)
    assert following is not None
    assert following.at == local(second)


@pytest.mark.parametrize(
    ("text", "now", "expected"),
    [
        # One firing for all that passed meanwhile, then as it was planned.
        ("R/PT1H", "2026-01-05T13:30", "2026-01-05T14:00"),
        ("R/PT1H", "2026-01-05T14:00", "2026-01-05T15:00"),
        ("R/PT1S", "2026-01-08T09:00:00", "2026-01-08T09:00:01"),
        ("R/P1M", "2026-04-01T09:00", "2026-04-05T09:00"),
        ("@daily", "2026-01-09T12:00", "2026-01-10T00:00"),
        ("R9/2026-01-10T08:00:00/P1D", "2026-01-12T09:00", "2026-01-13T08:00"),
        # Planned times that were missed are used up.
        ("R3/PT1H", "2026-01-05T11:30", "2026-01-05T12:00"),
        ("R3/PT1H", "2026-01-05T12:00", None),
        ("R3/PT1H", "2027-01-01T00:00", None),
        ("R1/PT1H", "2026-01-05T10:00", None),
    ],
)
def test_a_cycle_that_was_late(text: str, now: str, expected: str | None) -> None:
    due = first_due("cycle", text, local("2026-01-05T09:00"))
    following = next_due(text, due, local(now))
    planned = parse_cycle(text).after(local("2026-01-05T09:00"), local(now))

    assert (following and following.at) == (expected and local(expected))
    assert planned == (expected and local(expected))


def test_repetitions_count_down_over_a_gap() -> None:
    due = first_due("cycle", "R5/PT1H", local("2026-01-05T09:00"))
    late = next_due("R5/PT1H", due, local("2026-01-05T12:10"))

    assert late is not None
    assert (late.at, late.left) == (local("2026-01-05T13:00"), 2)
    last = next_due("R5/PT1H", late)
    assert last is not None
    assert (last.at, last.left) == (local("2026-01-05T14:00"), 1)
    assert next_due("R5/PT1H", last) is None


@pytest.mark.parametrize(
    "text",
    ["R0/P1D", "R3", "P1D", "R3/P0D", "R3/-P1D", "R3/soon", "R/P1D/P1D", "RR/P1D", "* * * * *"],
)
def test_bad_cycles(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_cycle(text)


@pytest.mark.parametrize(
    ("pattern", "start", "expected"),
    [
        ("0 0 8 L * ?", "2026-02-10T09:00", "2026-02-28T08:00"),
        ("0 0 8 29 2 *", "2026-03-01T00:00", "2028-02-29T08:00"),
        ("*/15 * * * * *", "2026-01-05T09:00:14", "2026-01-05T09:00:15"),
        ("0 0 9-17/4 * * *", "2026-01-05T13:00", "2026-01-05T17:00"),
        ("0 0 9 1,15 JAN,JUN *", "2026-01-16T00:00", "2026-06-01T09:00"),
        ("0 0 9 * * 7", "2026-01-05T00:00", "2026-01-11T09:00"),
    ],
)
def test_cron(pattern: str, start: str, expected: str) -> None:
    assert Cron.parse(pattern).after(local(start), ZONE) == local(expected)


@pytest.mark.parametrize("pattern", ["61 0 0 * * *", "0 0 0 31 2 *", "0 0 0 * FOO *", "@often"])
def test_bad_cron(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Cron.parse(pattern).after(datetime(2026, 1, 1, tzinfo=UTC), ZONE)
