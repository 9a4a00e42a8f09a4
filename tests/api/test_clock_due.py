"""Due dates and calendars over HTTP, by the law an installation has loaded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from engine.domain.actors import Actor
from engine.packages.law.load import load_files
from tests.api.conftest import Server

LOADER = Actor(name="loader", roles=frozenset({"admin", "system"}))
GOLDEN = {"from": "2026-11-23T09:00:00+07:00", "term": "3WD"}


@pytest.fixture
def asked(server: Server, lan: httpx.Client) -> Iterator[httpx.Client]:
    """A clerk of an installation with calendars."""
    list(load_files(server.engine, LOADER, Path("processes/_law/calendar")))
    yield lan


def test_golden_date_with_its_derivation(asked: httpx.Client) -> None:
    answer = asked.post("/api/clock/due", json=GOLDEN).json()

    assert answer["due"] == "2026-11-27T17:00:00+07:00"
    assert answer["derivation"][1]["rule"] == "holiday-2026-11-24"
    assert answer["warnings"] == []


def test_cut_off_pause_and_supplement(asked: httpx.Client) -> None:
    stand = {"from": "2026-11-26T08:00:00+07:00", "to": "2026-11-26T09:00:00+07:00", "rule": "r"}
    body = {**GOLDEN, "from": "2026-11-23T15:00:00+07:00", "cutOff": "15:00", "pauses": [stand]}

    answer = asked.post("/api/clock/due", json=body | {"supplement": "1WD"}).json()

    assert answer["due"] == "2026-12-02T17:00:00+07:00"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"term": "3 ngày"}, "invalid-input"),
        ({"from": "2026-11-23T09:00:00"}, "invalid-input"),
        ({"from": "1200-01-01T00:00:00Z"}, "time-range"),
        ({"unit": "Đà Nẵng"}, "invalid-input"),
        ({"cutOff": "25:00"}, "invalid-input"),
    ],
)
def test_wrong_questions_are_refused(asked: httpx.Client, more: dict[str, str], code: str) -> None:
    answer = asked.post("/api/clock/due", json=GOLDEN | more)

    assert answer.status_code == 400
    assert answer.json()["code"] == code


def test_days_behind_the_dates(asked: httpx.Client) -> None:
    answer = asked.get("/api/calendars", params={"from": "2026-08-20", "to": "2026-09-03"}).json()

    assert [(each["date"], each["kind"]) for each in answer["items"]] == [
        ("2026-08-22", "worked"),
        ("2026-08-31", "off"),
        ("2026-09-01", "holiday"),
        ("2026-09-02", "holiday"),
    ]
    assert answer["page"]["totalItems"] == 4


@pytest.mark.parametrize("query", [{"from": "x"}, {"from": "2026-01-01", "to": "2036-01-01"}])
def test_wrong_spans_are_refused(asked: httpx.Client, query: dict[str, str]) -> None:
    assert asked.get("/api/calendars", params=query).status_code == 400
