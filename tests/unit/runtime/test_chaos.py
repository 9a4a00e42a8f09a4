"""Random processes under random messages, signals, time, data, errors: nothing is left over.

No oracle here: after every call the tree and what the store would hold agree,
no scope is stuck, and pushed long enough every process ends with nothing open.
"""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest
from SpiffWorkflow.util.task import TaskState

from tests.unit.runtime.models import (
    ANY_ERROR,
    COMPENSATE,
    ESCALATION,
    MESSAGE,
    ROOTS,
    SIGNAL,
    boundary,
    catch,
    condition,
    end,
    event_sub,
    job,
    start,
    sub,
    throw,
    timer,
)
from tests.unit.runtime.world import Driver, chain, flow, process

BOTH_WAYS = False
PROCESSES = 40
FULL = 4_000
CALLS = 60


class Maker:
    """Writes a random piece: XML, first id, last id."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.count = 0

    def id(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count}"

    def event(self) -> str:
        return self.chance.choice(
            [
                MESSAGE,
                SIGNAL,
                timer("Duration", f"PT{self.chance.randint(1, 50)}M"),
                timer("Cycle", "R2/PT5M"),
                condition(f"x &gt; {self.chance.randint(0, 9)}"),
            ]
        )

    def piece(self, depth: int) -> tuple[str, str, str]:
        leaves = [self.task, self.task, self.work, self.wait, self.undoable, self.thrower]
        nests = [self.seq, self.both, self.some, self.scope, self.bordered, self.many, self.choose]
        return self.chance.choice(nests if depth and self.chance.random() < 0.7 else leaves)(depth)

    def task(self, depth: int) -> tuple[str, str, str]:
        name = self.id("t")
        return f'<userTask id="{name}"/>', name, name

    def work(self, depth: int) -> tuple[str, str, str]:
        name = self.id("j")
        return job(name), name, name

    def wait(self, depth: int) -> tuple[str, str, str]:
        name = self.id("c")
        return catch(name, self.event().replace("R2/PT5M", "R1/PT5M")), name, name

    def thrower(self, depth: int) -> tuple[str, str, str]:
        name = self.id("th")
        return throw(name, self.chance.choice([ESCALATION, COMPENSATE, SIGNAL])), name, name

    def undoable(self, depth: int) -> tuple[str, str, str]:
        name = self.id("u")
        undo = f'<userTask id="un-{name}" isForCompensation="true"/>'
        tie = f'<association id="as-{name}" sourceRef="b-{name}" targetRef="un-{name}"/>'
        return job(name) + boundary(f"b-{name}", name, COMPENSATE) + undo + tie, name, name

    def seq(self, depth: int) -> tuple[str, str, str]:
        one, two = self.piece(depth - 1), self.piece(depth - 1)
        return one[0] + two[0] + flow(one[2], two[1]), one[1], two[2]

    def gates(self, kind: str, depth: int, conditions: list[str | None]) -> tuple[str, str, str]:
        fork, join = self.id("f"), self.id("g")
        default = "" if kind == "parallel" else f' default="{fork}-d"'
        xml = f'<{kind}Gateway id="{fork}"{default}/><{kind}Gateway id="{join}"/>'
        for text in conditions:
            inner, first, last = self.piece(depth - 1)
            xml += inner + flow(fork, first, text) + flow(last, join)
        return xml + (flow(fork, join, None, f"{fork}-d") if default else ""), fork, join

    def both(self, depth: int) -> tuple[str, str, str]:
        return self.gates("parallel", depth, [None, None])

    def some(self, depth: int) -> tuple[str, str, str]:
        return self.gates("inclusive", depth, ["x &gt; 3", "x &lt; 7"])

    def choose(self, depth: int) -> tuple[str, str, str]:
        return self.gates("exclusive", depth, ["x &gt; 5", "x &lt; 2"])

    def scope(self, depth: int, more: str = "") -> tuple[str, str, str]:
        name, first = self.id("s"), self.id("b")
        inner, at, last = self.piece(depth - 1)
        if self.chance.random() < 0.4:
            handler, h_first, _ = self.piece(0)
            begin = self.id("es")
            free = self.chance.random() < 0.5
            definition = self.event() if free else self.chance.choice([ANY_ERROR, MESSAGE])
            inner += event_sub(
                self.id("esp"),
                start(begin, definition, interrupting=not free) + handler + flow(begin, h_first),
            )
        body = more + start(first) + inner + end(f"{name}-e")
        return sub(name, body + flow(first, at) + flow(last, f"{name}-e")), name, name

    def many(self, depth: int) -> tuple[str, str, str]:
        order = self.chance.choice(["true", "false"])
        loop = (
            f'<multiInstanceLoopCharacteristics isSequential="{order}">'
            "<loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>"
        )
        return self.scope(depth, loop)

    def bordered(self, depth: int) -> tuple[str, str, str]:
        xml, first, last = self.scope(depth)
        name = self.id("bd")
        aside, a_first, _ = self.piece(0)
        free = self.chance.random() < 0.5
        definition = self.event() if free else self.chance.choice([ANY_ERROR, ESCALATION, SIGNAL])
        xml += boundary(name, first, definition, interrupting=not free) + aside
        return xml + flow(name, a_first), first, last


def check(driver: Driver) -> None:
    """The tree and what a store holds say the same."""
    if driver.finished:
        assert not driver.open()
        assert not driver.timers
        assert not driver.subscriptions
        assert not driver.incidents
        assert not driver.variables
        return
    tokens = driver._restored()._instance.tasks
    held = {key for key in (*driver.tasks, *driver.jobs, *driver.incidents)}
    waiting = {key for key, _ in (*driver.timers, *driver.subscriptions)}
    assert held | waiting <= set(tokens)
    assert set(driver.variables) <= set(tokens)
    for token in tokens.values():
        assert token.state != TaskState.READY
        assert token.live == sum(not child.armed for child in token.children)
        parked = token.state == TaskState.ERROR
        assert parked == (token.id in driver.incidents)
        quiet = token.gathers or token.live or "w" in token.internal_data or parked
        assert quiet or token.id in held, f"{token.task_spec.name} waits for nothing"


def push(driver: Driver, chance: random.Random) -> None:
    """One random thing happens."""
    options: list[Any] = [("complete", name) for name in driver.open()]
    options += [("error", event.element_id) for event in driver.jobs.values()]
    options += [("place", place) for place in driver.subscriptions]
    options += [("retry", key) for key in driver.incidents]
    options += [("time", None)] * bool(driver.timers) + [("data", None)]
    verb, what = chance.choice(options)
    if verb == "complete":
        driver.complete(what, x=chance.randint(0, 9))
    elif verb == "error":
        driver.error(what, "E1")
    elif verb == "place":
        driver._run(lambda p: p.trigger(*what, {"y": 1}))
    elif verb == "retry":
        driver._run(lambda p: p.retry(what))
    elif verb == "time":
        driver.pass_time(timedelta(minutes=chance.randint(1, 30)))
    else:
        driver.set(x=chance.randint(0, 9))


def play(seed: int) -> None:
    chance = random.Random(seed)
    xml, first, last = Maker(chance).piece(4)
    body = start() + xml + end() + flow("s", first) + chain(last, "e")
    driver = Driver(process(body, extra=ROOTS), {"x": 5}, every_turn=chance.random() < 0.3)
    for _ in range(CALLS):
        check(driver)
        if driver.finished:
            return
        push(driver, chance)
    if not driver.finished:
        driver.cancel()
    assert driver.finished
    check(driver)


def test_a_sample(seed: int) -> None:
    for number in range(PROCESSES):
        play(seed * 1_000_003 + number)


@pytest.mark.slow
def test_the_full_count(seed: int) -> None:
    for number in range(FULL):
        play(seed * 1_000_003 + number)
