"""An automatic endless loop becomes an incident; its neighbours and a retry go on."""

from __future__ import annotations

from engine.runtime import SpiffRuntime
from tests.unit.runtime.models import start, tasks
from tests.unit.runtime.world import Driver, chain, flow, process

BOTH_WAYS = False

ENDLESS = (
    start()
    + '<parallelGateway id="f"/><exclusiveGateway id="m"/><task id="t"/>'
    + '<exclusiveGateway id="x" default="x_m"/><task id="n"/>'
    + tasks("a", "b")
    + chain("s", "f", "m", "t", "x", "m")
    + flow("x", "b", "stop")
    + chain("f", "n", "a")
)


def test_an_endless_loop_is_parked_and_can_be_let_out() -> None:
    driver = Driver(process(ENDLESS), {"stop": False}, runtime=SpiffRuntime(budget=500))
    assert driver.open() == ["a"]
    (incident,) = driver.incidents.values()
    assert "500 turns" in incident.message
    assert incident.element_id in {"m", "t", "x"}

    driver.set(stop=True)
    driver.retry(incident.element_id)

    assert driver.open() == ["a", "b"]
    assert not driver.incidents


def test_loops_that_multiply_their_tokens_stop_too() -> None:
    body = (
        start()
        + '<exclusiveGateway id="m"/><parallelGateway id="f"/><task id="t"/>'
        + chain("s", "m", "f", "t", "m")
        + chain("f", "m")
    )
    driver = Driver(process(body), runtime=SpiffRuntime(budget=300))
    assert driver.incidents
    assert driver.step.snapshot


def test_ten_thousand_automatic_rounds_are_within_the_budget() -> None:
    body = (
        start()
        + '<exclusiveGateway id="m"/><scriptTask id="t"><script>{n: n + 1}</script></scriptTask>'
        + '<exclusiveGateway id="x" default="x_m"/>'
        + tasks("a")
        + chain("s", "m", "t", "x", "m")
        + flow("x", "a", "n &gt;= 10000")
    )
    driver = Driver(process(body), {"n": 0})
    assert driver.open() == ["a"]
    assert driver.value("n") == 10_000
