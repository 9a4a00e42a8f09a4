"""Exclusive, parallel, inclusive and event-based gateways, conditional flows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.unit.runtime.world import Driver, chain, flow, process


def tasks(*ids: str) -> str:
    return "".join(f'<userTask id="{name}"/>' for name in ids)


@pytest.mark.parametrize(("amount", "taken"), [(1, "a"), (2, "b"), (3, "c"), (9, "d")])
def test_exclusive_takes_the_first_true_flow_in_document_order(amount: int, taken: str) -> None:
    body = (
        '<startEvent id="s"/><exclusiveGateway id="x" default="x_d"/>'
        + tasks("a", "b", "c", "d")
        + chain("s", "x")
        + flow("x", "d")
        + flow("x", "a", "n &lt; 2")
        + flow("x", "b", "=n &lt; 3")
        + flow("x", "c", "n &lt; 4")
    )
    assert Driver(process(body), {"n": amount}).open() == [taken]


def test_no_flow_is_an_incident_that_waits_for_better_data() -> None:
    body = (
        '<startEvent id="s"/><exclusiveGateway id="x"/>'
        + tasks("a", "b")
        + chain("s", "x")
        + flow("x", "a", "n = 1")
        + flow("x", "b", "n = 2")
    )
    driver = Driver(process(body), {"n": 3})
    (incident,) = driver.incidents.values()
    assert (incident.error_type, incident.element_id) == ("CONDITION_ERROR", "x")

    driver.set(n=2)
    driver.retry("x")

    assert driver.open() == ["b"]
    assert not driver.incidents


def test_a_condition_must_be_true_or_false() -> None:
    body = '<startEvent id="s"/><exclusiveGateway id="x"/>' + tasks("a") + chain("s", "x")
    driver = Driver(process(body + flow("x", "a", "n &gt; 1")))

    (incident,) = driver.incidents.values()
    assert incident.error_type == "EXTRACT_VALUE_ERROR"
    assert "null" in incident.message


def test_parallel_waits_for_all_and_a_fault_stops_one_branch_only() -> None:
    body = (
        '<startEvent id="s"/><parallelGateway id="f"/><parallelGateway id="j"/>'
        + tasks("a", "b", "c")
        + '<scriptTask id="z"><script>if ok then 1 else date("x") + 1</script></scriptTask>'
        + '<exclusiveGateway id="x"/>'
        + chain("s", "f", "a", "j", "c")
        + chain("f", "b", "j")
        + chain("f", "x")
        + flow("x", "z", "ok")
        + chain("z", "j")
    )
    driver = Driver(process(body), {"ok": False})
    assert driver.open() == ["a", "b"]
    driver.complete("b")
    driver.complete("a")
    assert driver.open() == []
    driver.set(ok=True)
    driver.retry("x")
    assert driver.open() == ["c"]


def test_surplus_tokens_stay_for_the_next_round() -> None:
    body = (
        '<startEvent id="s"/><parallelGateway id="f"/><exclusiveGateway id="m"/>'
        '<parallelGateway id="j"/>'
        + tasks("a1", "a2", "b", "c")
        + chain("s", "f", "a1", "m", "j")
        + chain("f", "a2", "m")
        + chain("f", "b", "j", "c")
    )
    driver = Driver(process(body))
    driver.complete("a1")
    driver.complete("a2")
    driver.complete("b")
    assert driver.open() == ["c"]
    driver.complete("c")
    assert not driver.finished


@pytest.mark.parametrize(
    ("n", "opened"), [(1, ["a", "b", "c"]), (2, ["b", "c"]), (3, ["c"]), (9, ["d"])]
)
def test_inclusive_split_and_join(n: int, opened: list[str]) -> None:
    body = (
        '<startEvent id="s"/><inclusiveGateway id="o" default="o_d"/><inclusiveGateway id="j"/>'
        + tasks("a", "b", "c", "d", "after")
        + chain("s", "o")
        + flow("o", "a", "n = 1")
        + flow("o", "b", "n &lt; 3")
        + flow("o", "c", "n &lt; 4")
        + flow("o", "d")
        + "".join(chain(name, "j") for name in "abcd")
        + chain("j", "after")
    )
    driver = Driver(process(body), {"n": n})
    assert driver.open() == opened
    for name in opened:
        assert "after" not in driver.open()
        driver.complete(name)
    assert driver.open() == ["after"]


def test_conditional_flows_out_of_a_task() -> None:
    body = (
        '<startEvent id="s"/><userTask id="t" default="t_d"/>'
        + tasks("a", "b", "d")
        + chain("s", "t")
        + flow("t", "a", "x")
        + flow("t", "b", "y")
        + flow("t", "d")
    )
    for x, y, opened in ((True, True, ["a", "b"]), (False, True, ["b"]), (False, False, ["d"])):
        driver = Driver(process(body))
        driver.complete("t", x=x, y=y)
        assert driver.open() == opened


EVENT_GATEWAY = (
    '<startEvent id="s"/><eventBasedGateway id="g"/>'
    '<intermediateCatchEvent id="long"><timerEventDefinition><timeDuration>PT2H</timeDuration>'
    "</timerEventDefinition></intermediateCatchEvent>"
    '<intermediateCatchEvent id="short"><timerEventDefinition><timeDuration>PT1H</timeDuration>'
    "</timerEventDefinition></intermediateCatchEvent>"
    '<intermediateCatchEvent id="msg"><messageEventDefinition messageRef="m"/>'
    "</intermediateCatchEvent>"
    '<receiveTask id="rec" messageRef="m2"/>'
    + tasks("a", "b", "c", "d")
    + chain("s", "g", "long", "a")
    + chain("g", "short", "b")
    + chain("g", "msg", "c")
    + chain("g", "rec", "d")
)
MESSAGES = '<message id="m" name="M"/><message id="m2" name="M2"/>'


def test_event_gateway_keeps_each_timer_apart() -> None:
    driver = Driver(process(EVENT_GATEWAY, extra=MESSAGES))
    assert len(driver.timers) == 2
    assert driver.pass_time(timedelta(minutes=90)) == 1
    assert driver.open() == ["b"]
    assert not driver.timers
    assert not driver.subscriptions


@pytest.mark.parametrize(("name", "opened"), [("M", "c"), ("M2", "d")])
def test_event_gateway_takes_the_message(name: str, opened: str) -> None:
    driver = Driver(process(EVENT_GATEWAY, extra=MESSAGES))
    driver.message(name, x=1)

    assert driver.open() == [opened]
    assert driver.value("x") == 1
    assert driver.pass_time(timedelta(hours=3)) == 0
