"""A hundred threads issue codes for one unit and day: no gap, no double, none lost by a failure."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

from engine.dispatch import CommandEngine
from engine.errors import InvalidInput, Unavailable
from engine.ports.views import Condition, Query
from engine.testing import TESTER
from tests.contract.dossier.counter import OTHER, RECEPTION, Counter, clerk

THREADS, EACH = 100, 2
DAY = datetime(2027, 3, 8, 2, tzinfo=UTC)


def test_codes_of_one_unit_and_day(counter: Counter, engine: CommandEngine) -> None:
    counter.driver.pin(DAY)
    begin = Barrier(THREADS)

    def receive(number: int) -> list[str]:
        begin.wait(60)
        codes = []
        for turn in range(EACH):
            # Every fifth reception breaks after its code was taken from the counter.
            broken = (number + turn) % 5 == 0
            answers = {"broken": object()} if broken else {}
            try:
                codes.append(str(patiently(counter, answers)["code"]))
            except InvalidInput:
                assert broken
        return codes

    with ThreadPoolExecutor(THREADS) as pool:
        issued = [code for codes in pool.map(receive, range(THREADS)) for code in codes]

    assert len(issued) == THREADS * EACH * 4 // 5
    assert sorted(issued) == [f"H17.02-270308-{n:04}" for n in range(1, len(issued) + 1)]
    where = (Condition(field="code", op="like", value="H17.02-270308-*"),)
    rows = engine.views.search("dossier", TESTER, Query(where=where, limit=1000)).items
    assert sorted(str(row["code"]) for row in rows) == sorted(issued)
    assert {row["instance_state"] for row in rows} == {"ACTIVE"}


def test_units_and_days_count_apart(counter: Counter) -> None:
    neighbour = clerk(OTHER, "48", "reception")
    counter.driver.pin(datetime(2027, 3, 9, 2, tzinfo=UTC))
    first = counter.receive(RECEPTION)["code"]
    there = counter.receive(neighbour, at=OTHER)["code"]
    counter.driver.pin(datetime(2027, 3, 9, 17, 30, tzinfo=UTC))  # past midnight in Hanoi
    next_day = counter.receive(RECEPTION)["code"]

    assert [first, there, next_day] == [
        "H17.02-270309-0001",
        f"{OTHER}-270309-0001",
        "H17.02-270310-0001",
    ]


def patiently(counter: Counter, answers: dict[str, object]) -> dict[str, object]:
    """A busy pool is told so and asked again, as a client does."""
    end = time.monotonic() + 120
    while True:
        try:
            return dict(counter.receive(RECEPTION, answers=answers))
        except Unavailable:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
