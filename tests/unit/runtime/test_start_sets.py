"""Where an arrival for a parallel multiple start event is counted."""

from __future__ import annotations

import pytest

from engine.domain.start_sets import Arrival, Need, joins

M: Need = ("message", "m")
S: Need = ("signal", "s")


def message(key: str, name: str = "m") -> Arrival:
    return Arrival(kind="message", name=name, correlation_key=key)


SIGNAL = Arrival(kind="signal", name="s")


@pytest.mark.parametrize(
    ("sets", "arrival", "expected"),
    [
        ({}, message("1"), [("1", "1")]),
        ({}, message(""), [("", "")]),
        ({}, SIGNAL, [("", "")]),
        ({"": {S}}, message("1"), [("", "1")]),
        ({"": {M}}, message("1"), [("1", "1")]),
        ({"1": {M}}, message("1"), []),
        ({"1": {M}, "": {S}}, message("1"), []),
        ({"1": {M}, "2": {M}}, SIGNAL, [("1", "1"), ("2", "2")]),
        ({"1": {M, S}, "2": {M}}, SIGNAL, [("2", "2")]),
        ({"": {S}}, SIGNAL, []),
        ({"1": {S}, "2": {S}}, message(""), [("1", "1")]),
        ({"1": {M}}, message(""), [("", "")]),
    ],
    ids=str,
)
def test_an_arrival_joins_the_sets_that_miss_it(
    sets: dict[str, set[Need]], arrival: Arrival, expected: list[tuple[str, str]]
) -> None:
    came = {key: dict.fromkeys(needs) for key, needs in sets.items()}

    assert joins(came, arrival, 3) == expected


def test_a_full_set_that_waits_for_a_condition_takes_newer_values() -> None:
    assert joins({"1": {M: None, S: None}}, message("1"), 2) == [("1", "1")]
