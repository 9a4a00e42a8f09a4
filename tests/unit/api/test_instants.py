"""Instants: read with any offset, written in UTC with milliseconds."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from api.instants import format_instant, is_instant, parse_instant


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01T08:00:00.000+07:00",
        "2026-03-01T01:00:00Z",
        "2026-03-01t01:00:00z",
        "2026-03-01 01:00:00.000000000Z",
    ],
)
def test_forms_of_one_instant(text: str) -> None:
    assert parse_instant(text) == datetime(2026, 3, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["2026-03-01", "2026-03-01T08:00:00", "2026-02-30T00:00:00Z", "9999-12-31T23:59:59-23:59", ""],
)
def test_what_is_no_instant(text: str) -> None:
    """A local time says nothing without its offset."""
    assert not is_instant(text)


def test_written_form() -> None:
    moment = parse_instant("2026-03-01T08:00:00.123456+07:00")

    assert format_instant(moment) == "2026-03-01T01:00:00.123Z"
