"""Maintenance windows and health of connectors."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.domain.connectors import PROBE, Health, maintained_until
from engine.domain.law import LawRow

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
# A Monday, nine in the morning in Hanoi.
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


def row(*windows: dict[str, object]) -> LawRow:
    return LawRow(kind="connector", id="x", body={"maintenance": list(windows)})


@pytest.mark.parametrize(
    ("window", "local", "ends"),
    [
        ({"from": "08:00", "until": "10:00"}, "23 09:00", "23 10:00"),
        ({"from": "08:00", "until": "10:00"}, "23 10:00", None),
        ({"from": "08:00", "until": "10:00"}, "23 07:59", None),
        ({"days": ["tue"], "from": "08:00", "until": "10:00"}, "23 09:00", None),
        ({"days": ["mon"], "from": "08:00", "until": "10:00"}, "23 09:00", "23 10:00"),
        ({"from": "23:30", "until": "00:30"}, "23 23:45", "24 00:30"),
        ({"from": "23:30", "until": "00:30"}, "24 00:15", "24 00:30"),
        ({"days": ["mon"], "from": "23:30", "until": "00:30"}, "24 00:15", "24 00:30"),
        ({"days": ["tue"], "from": "23:30", "until": "00:30"}, "24 00:15", None),
    ],
)
def test_a_window_is_local_time(window: dict[str, object], local: str, ends: str | None) -> None:
    at = datetime.strptime(f"2026-11-{local}", "%Y-%m-%d %H:%M").replace(tzinfo=HANOI)

    found = maintained_until(row(window), at.astimezone(UTC), HANOI)
    assert (found and f"{found:%d %H:%M}") == ends


def test_of_two_windows_the_later_end_counts() -> None:
    both = row({"from": "08:00", "until": "10:00"}, {"from": "08:30", "until": "11:00"})

    found = maintained_until(both, NOW, HANOI)
    assert found is not None
    assert f"{found:%H:%M}" == "11:00"
    assert maintained_until(row(), NOW, HANOI) is None


@pytest.mark.parametrize(
    ("failures", "success", "state"),
    [
        (0, None, "unknown"),
        (0, NOW, "up"),
        (1, NOW, "failing"),
        (4, None, "failing"),
        (5, NOW, "down"),
    ],
)
def test_states(failures: int, success: datetime | None, state: str) -> None:
    assert Health(id="x", failures=failures, last_success=success).state == state


def test_who_is_down_is_spared_for_a_while() -> None:
    down = Health(id="x", failures=5, last_failure=NOW)

    assert down.closed_until(NOW) == NOW + PROBE
    assert down.closed_until(NOW + PROBE + timedelta(seconds=1)) is None
    assert Health(id="x", failures=4, last_failure=NOW).closed_until(NOW) is None
