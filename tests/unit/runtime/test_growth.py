"""State and work stay flat from 10 to 10,000 activities; counts, not seconds."""

from __future__ import annotations

import pytest

from engine.runtime import SpiffRuntime
from tests.unit.runtime.models import (
    COMPENSATE,
    ROOTS,
    boundary,
    end,
    script,
    start,
    sub,
    tasks,
    throw,
    timer,
)
from tests.unit.runtime.world import Driver, chain, flow, process

BOTH_WAYS = False


def turns(driver: Driver) -> int:
    """Events of the last step: what it did."""
    return len(driver.step.events)


LOOP = (
    start()
    + tasks("a")
    + '<exclusiveGateway id="x" default="x_a"/>'
    + end()
    + chain("s", "a", "x", "a")
    + flow("x", "e", "stop")
)


@pytest.mark.parametrize("rounds", [10, 100, 1000, 10_000])
def test_a_loop_of_user_tasks(rounds: int) -> None:
    driver = Driver(process(LOOP), {"stop": False})
    sizes, work = set(), set()
    for _ in range(rounds):
        driver.complete("a")
        sizes.add(len(driver.snapshot))
        work.add(turns(driver))
        driver.events.clear()
    assert max(sizes) < 80
    assert len(work) == 1


@pytest.mark.parametrize("length", [10, 100, 1000, 10_000])
def test_a_long_sequence(length: int) -> None:
    names = [f"t{number}" for number in range(length)]
    driver = Driver(process(start() + tasks(*names) + end() + chain("s", *names, "e")))
    sizes, work = set(), set()
    for name in names[:-1]:
        driver.complete(name)
        sizes.add(len(driver.snapshot))
        work.add(turns(driver))
        driver.events.clear()
    assert max(sizes) < 80
    assert len(work) == 1
    driver.complete(names[-1])
    assert driver.finished


def test_a_rich_round_leaves_nothing_behind() -> None:
    instances = (
        '<multiInstanceLoopCharacteristics isSequential="true"><loopCardinality>3</loopCardinality>'
        "</multiInstanceLoopCharacteristics>"
    )
    inner = start("us") + script("k", "n + 1", "n") + chain("us", "k") + instances
    body = (
        LOOP.replace(chain("a", "x"), "")
        + sub("u", inner)
        + '<parallelGateway id="f"/><parallelGateway id="j"/>'
        + tasks("b")
        + boundary("bt", "a", timer("Duration", "P1D"))
        + boundary("bm", "a", '<messageEventDefinition messageRef="m"/>', interrupting=False)
        + boundary("bs", "b", '<signalEventDefinition signalRef="sig"/>')
        + tasks("late")
        + chain("a", "u", "f", "j", "x")
        + chain("f", "b", "j")
        + chain("bt", "late")
        + chain("bm", "late")
        + chain("bs", "late")
    )
    driver = Driver(process(body, extra=ROOTS), {"stop": False, "n": 0})
    sizes = set()
    for _ in range(300):
        driver.complete("a")
        driver.complete("b")
        sizes.add(len(driver.snapshot) // 8)
        driver.events.clear()
    assert driver.value("n") == 900
    assert max(sizes) < 60
    assert len(sizes) <= 3
    assert set(driver.variables) == {driver.instance.key}


def test_ten_serial_diamonds_need_three_tokens() -> None:
    body, last = start() + end(), "s"
    for number in range(10):
        fork, join, a, b = (f"{kind}{number}" for kind in ("f", "j", "a", "b"))
        body += f'<parallelGateway id="{fork}"/><parallelGateway id="{join}"/>' + tasks(a, b)
        body += chain(last, fork, a, join) + chain(fork, b, join)
        last = join
    driver = Driver(process(body + chain(last, "e")))
    largest = 0
    for number in range(10):
        for name in (f"b{number}", f"a{number}"):
            driver.complete(name)
            largest = max(largest, driver.snapshot.count(b"["))
    assert driver.finished
    assert largest <= 6


def test_automatic_diamonds_cost_the_same_each() -> None:
    def events(diamonds: int) -> int:
        body, last = start() + end(), "s"
        for number in range(diamonds):
            fork, join, a, b = (f"{kind}{number}" for kind in ("f", "j", "a", "b"))
            body += f'<parallelGateway id="{fork}"/><parallelGateway id="{join}"/>'
            body += f'<task id="{a}"/><task id="{b}"/>'
            body += chain(last, fork, a, join) + chain(fork, b, join)
            last = join
        driver = Driver(process(body + chain(last, "e")))
        assert driver.finished
        return len(driver.events)

    one = events(2) - events(1)
    assert events(10) - events(1) == 9 * one
    assert events(100) - events(1) == 99 * one


@pytest.mark.parametrize("width", [10, 100, 1000])
def test_one_of_many_instances_costs_what_one_costs(width: int) -> None:
    loop = (
        "<multiInstanceLoopCharacteristics><loopCardinality>=n</loopCardinality>"
        "</multiInstanceLoopCharacteristics>"
    )
    body = start() + f'<userTask id="t">{loop}</userTask>' + end() + chain("s", "t", "e")
    driver = Driver(process(body), {"n": width})
    sizes, work = [len(driver.snapshot)], set()
    for _ in range(width - 1):
        driver.complete("t")
        work.add(turns(driver))
        sizes.append(len(driver.snapshot))
    assert len(work) == 1
    assert sizes == sorted(sizes, reverse=True)
    driver.complete("t")
    assert driver.finished


def test_two_thousand_activities_pass_the_validator_and_run() -> None:
    names = [f"t{number}" for number in range(2000)]
    source = process(start() + tasks(*names) + end() + chain("s", *names, "e"))
    (info,) = SpiffRuntime().compile(source, "long.bpmn").processes
    assert len(info.elements) == 2002
    driver = Driver(source)
    for name in names:
        driver.complete(name)
        driver.events.clear()
    assert driver.finished


def test_a_thousand_instances_are_linear() -> None:
    loop = (
        "<multiInstanceLoopCharacteristics><loopCardinality>=n</loopCardinality>"
        "</multiInstanceLoopCharacteristics>"
    )
    body = start() + f'<userTask id="t">{loop}</userTask>' + end() + chain("s", "t", "e")
    sizes = {n: len(Driver(process(body), {"n": n}).snapshot) / n for n in (100, 1000)}
    assert sizes[1000] < sizes[100] * 1.1
    driver = Driver(process(body), {"n": 40})
    for _ in range(40):
        driver.complete("t")
    assert driver.finished


def test_two_thousand_automatic_nodes_in_one_step() -> None:
    names = [f"t{number}" for number in range(2000)]
    nodes = "".join(f'<task id="{name}"/>' for name in names)
    assert Driver(process(start() + nodes + end() + chain("s", *names, "e"))).finished


def test_compensation_records_are_gone_once_used() -> None:
    body = (
        start()
        + '<exclusiveGateway id="m"/><task id="a"/>'
        + boundary("ba", "a", COMPENSATE)
        + '<task id="un" isForCompensation="true"/>'
        + '<association id="as" sourceRef="ba" targetRef="un"/>'
        + throw("t", COMPENSATE)
        + tasks("w")
        + chain("s", "m", "a", "t", "w", "m")
    )
    driver = Driver(process(body))
    sizes = set()
    for _ in range(100):
        driver.complete("w")
        sizes.add(len(driver.snapshot))
    assert max(sizes) < 80
