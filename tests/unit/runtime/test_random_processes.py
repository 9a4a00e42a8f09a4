"""Random block-structured processes do what an independent token oracle does."""

from __future__ import annotations

import random

import hypothesis
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.domain.events import ElementActivated
from tests.unit.runtime.blocks import Block, Oracle, Scope, Where, Writer, blocks
from tests.unit.runtime.models import ROOTS, end, start
from tests.unit.runtime.world import Driver, flow, process

BOTH_WAYS = False
EXAMPLES = 60
FULL = 10_000


def opened(driver: Driver) -> dict[int, Where]:
    """Open tasks by key: id and the rounds of the multi-instances around."""
    scopes = {event.key: event.scope_key for event in driver.of(ElementActivated)}
    found: dict[int, Where] = {}
    for key, task in driver.tasks.items():
        rounds, at = [], key
        while at != driver.instance.key:
            if "loopCounter" in driver.variables.get(at, {}):
                rounds.insert(0, int(driver.variables[at]["loopCounter"]))
            at = scopes[at]
        found[key] = (task.element_id, tuple(rounds))
    return found


def model(block: Block) -> bytes:
    xml, first, last = block.write(Writer())
    body = start() + xml + end() + flow("s", first) + flow(last, "e")
    return process(body, extra=ROOTS)


def play(block: Block, chance: random.Random, *, every_turn: bool) -> None:
    """Complete open tasks in random order; after each, both see the same tasks open."""
    driver = Driver(model(block), every_turn=every_turn)
    oracle, over = Oracle(), []
    scope = Scope(lambda: over.append(True), 1)
    block.begin(oracle, (), scope, scope.one_less)
    while True:
        here = opened(driver)
        assert sorted(here.values()) == oracle.enabled()
        assert driver.finished == bool(over)
        assert not driver.incidents
        if not here:
            break
        # Of tasks that cannot be told apart both sides complete the oldest.
        task = chance.choice(sorted(here.values()))
        key = min(key for key, where in here.items() if where == task)
        oracle.complete(task)
        del driver.tasks[key]
        driver._run(lambda p, key=key: p.submit(key, {}))  # type: ignore[misc]
    assert driver.finished
    assert not driver.variables
    assert not driver.timers
    assert not driver.subscriptions


def search(seed: int, examples: int) -> None:
    @hypothesis.seed(seed)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(block=blocks(), chance=st.randoms(use_true_random=False), every_turn=st.booleans())
    def check(block: Block, chance: random.Random, every_turn: bool) -> None:
        play(block, chance, every_turn=every_turn)

    check()


def test_a_sample(seed: int) -> None:
    search(seed, EXAMPLES)


@pytest.mark.slow
def test_the_full_count(seed: int) -> None:
    search(seed, FULL)
