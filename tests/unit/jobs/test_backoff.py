"""Pauses between attempts, and the table of built-in job types."""

from __future__ import annotations

import pytest

from engine.commands.inside import HANDLERS as INSIDE_HANDLERS
from engine.domain.jobs.backoff import FIRST, LONGEST, first_pause, pause
from engine.domain.jobs.types import BUILT_IN, INSIDE, OUTSIDE, PREFIX
from engine.worker.handlers import HANDLERS as OUTSIDE_HANDLERS


@pytest.mark.parametrize(("attempt", "seconds"), [(0, 5), (1, 5), (2, 10), (5, 80), (10, 2560)])
def test_the_pause_doubles(attempt: int, seconds: float) -> None:
    assert pause(attempt) == seconds


@pytest.mark.parametrize("attempt", [11, 50, 10**9])
def test_the_pause_has_a_ceiling(attempt: int) -> None:
    assert pause(attempt) == LONGEST


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("PT1M", 60), ("PT0.5S", 0.5), ("P1DT1H", 90000), ("PT2H", 7200), (" PT10S ", 10)],
)
def test_a_model_chooses_the_first_pause(text: str, seconds: float) -> None:
    headers = {"retryBackoff": text}

    assert first_pause(headers) == seconds
    assert pause(1, headers) == seconds


@pytest.mark.parametrize("text", ["", "P", "PT", "5", "P1M", "-PT5S", "PT5", "soon"])
def test_a_text_that_is_no_duration_counts_as_none(text: str) -> None:
    assert first_pause({"retryBackoff": text}) == FIRST


def test_every_built_in_type_has_its_handler() -> None:
    assert set(INSIDE_HANDLERS) == INSIDE
    assert set(OUTSIDE_HANDLERS) == OUTSIDE
    assert all(name.startswith(PREFIX) for name in BUILT_IN)
