"""Timers, messages, signals, conditions: waited for, at the border, in event sub-processes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.domain.events import EscalationUncaught, MessageThrown, SignalThrown
from engine.errors import Conflict
from tests.unit.runtime.models import (
    ANY_ERROR,
    ERROR,
    ERROR2,
    ESCALATION,
    MESSAGE,
    ROOTS,
    SIGNAL,
    TERMINATE,
    boundary,
    catch,
    condition,
    end,
    event_sub,
    job,
    start,
    sub,
    tasks,
    throw,
    timer,
)
from tests.unit.runtime.world import Driver, chain, process

HOUR = timedelta(hours=1)


def run(body: str, variables: dict[str, object] | None = None) -> Driver:
    return Driver(process(body, extra=ROOTS), variables)


@pytest.mark.parametrize(
    ("definition", "due"),
    [
        (timer("Duration", "PT1H"), 60),
        (timer("Duration", '=duration("PT2H")'), 120),
        (timer("Date", "2026-01-05T09:00:00"), 60),
        (timer("Date", '=date and time("2026-01-05T08:00:00@Asia/Ho_Chi_Minh") + h'), 60),
        (timer("Duration", "=wait"), 30),
    ],
)
def test_intermediate_timer(definition: str, due: int) -> None:
    body = start() + catch("c", definition) + end() + chain("s", "c", "e")
    driver = run(body, {"wait": "PT30M", "h": "P0D"})
    if driver.incidents:
        # A variable is text: adding it to a date-time is null, which is said.
        assert "neither a time" in next(iter(driver.incidents.values())).message
        return
    assert driver.pass_time(timedelta(minutes=due - 1)) == 0
    assert driver.pass_time(timedelta(minutes=1)) == 1
    assert driver.finished


def test_bad_timer_value_is_an_incident_then_mended() -> None:
    body = start() + catch("c", timer("Duration", "=wait")) + end() + chain("s", "c", "e")
    driver = run(body, {"wait": "soon"})
    (incident,) = driver.incidents.values()
    assert "ISO 8601" in incident.message

    driver.set(wait="PT1H")
    driver.retry("c")

    assert driver.pass_time(HOUR) == 1
    assert driver.finished


BOUNDARY = start() + tasks("a", "b", "z") + end() + chain("s", "a", "z", "e") + chain("t", "b")


@pytest.mark.parametrize("interrupting", [True, False])
def test_boundary_timer(interrupting: bool) -> None:
    driver = run(
        BOUNDARY + boundary("t", "a", timer("Duration", "PT1H"), interrupting=interrupting)
    )
    assert driver.pass_time(HOUR) == 1

    assert driver.open() == (["b"] if interrupting else ["a", "b"])
    assert not driver.timers


def test_boundary_is_void_once_the_task_is_done() -> None:
    driver = run(BOUNDARY + boundary("t", "a", timer("Duration", "PT1H")))
    driver.complete("a")

    assert not driver.timers
    assert driver.open() == ["z"]


def test_cycle_timer_fires_so_many_times() -> None:
    driver = run(BOUNDARY + boundary("t", "a", timer("Cycle", "R3/PT1H"), interrupting=False))

    assert driver.pass_time(timedelta(hours=10)) == 3
    assert driver.open() == ["a", "b", "b", "b"]


@pytest.mark.parametrize("interrupting", [True, False])
@pytest.mark.parametrize("definition", [MESSAGE, SIGNAL, condition("x &gt; 1")])
def test_boundary_events(definition: str, interrupting: bool) -> None:
    driver = run(BOUNDARY + boundary("t", "a", definition, interrupting=interrupting), {"x": 0})
    if definition == MESSAGE:
        driver.message("M", y=1)
    elif definition == SIGNAL:
        assert driver.signal("S", y=1) == 1
    else:
        driver.set(x=5, y=1)

    assert driver.open() == (["b"] if interrupting else ["a", "b"])
    assert driver.value("y") == 1


def test_condition_fires_when_it_becomes_true_only() -> None:
    driver = run(BOUNDARY + boundary("t", "a", condition("x &gt; 1"), interrupting=False), {"x": 0})
    driver.set(x=5)
    driver.set(x=6)
    assert driver.open() == ["a", "b"]
    driver.set(x=0)
    driver.set(x=2)
    assert driver.open() == ["a", "b", "b"]


def test_condition_true_from_the_start_goes_on_at_once() -> None:
    body = start() + catch("c", condition("x &gt; 1")) + end() + chain("s", "c", "e")
    assert run(body, {"x": 2}).finished
    waiting = run(body)
    assert not waiting.finished
    waiting.set(x=3)
    assert waiting.finished


def test_message_waits_with_its_correlation_key() -> None:
    extra = (
        '<message id="m" name="M"><extensionElements><zeebe:subscription correlationKey="=id"/>'
        "</extensionElements></message>"
    )
    body = start() + catch("c", MESSAGE) + end() + chain("s", "c", "e")
    driver = Driver(process(body, extra=extra), {"id": 17})
    (subscription,) = driver.subscriptions.values()
    assert (subscription.name, subscription.correlation_key) == ("M", "17")

    place = next(iter(driver.subscriptions))
    driver.message("M", "17", answer="ok")
    assert driver.finished
    assert driver.value("answer") == "ok"
    assert driver.of(MessageThrown) == []
    assert place


def test_event_that_nobody_waits_for_is_a_conflict() -> None:
    driver = run(start() + tasks("a") + chain("s", "a"))
    (key,) = driver.tasks
    with pytest.raises(Conflict):
        driver._run(lambda p: p.trigger(key, 0, {}))


def test_thrown_message_wakes_one_receiver_of_the_root_or_goes_out() -> None:
    body = (
        start()
        + '<parallelGateway id="f"/>'
        + catch("c1", MESSAGE)
        + catch("c2", MESSAGE)
        + tasks("a", "x", "y", "z")
        + throw("t", MESSAGE)
        + chain("s", "f", "c1", "x")
        + chain("f", "c2", "y")
        + chain("f", "a", "t", "z")
    )
    driver = run(body)
    driver.complete("a")
    assert driver.open() == ["x", "z"]
    assert driver.outgoing == []

    alone = run(start() + throw("t", MESSAGE) + end() + chain("s", "t", "e"))
    assert [(o.kind, o.name) for o in alone.outgoing] == [("message", "M")]
    assert len(alone.of(MessageThrown)) == 1


def test_signal_reaches_all_and_goes_out() -> None:
    body = (
        start()
        + '<parallelGateway id="f"/>'
        + catch("c1", SIGNAL)
        + catch("c2", SIGNAL)
        + tasks("a", "x", "y")
        + end("t", SIGNAL)
        + chain("s", "f", "c1", "x")
        + chain("f", "c2", "y")
        + chain("f", "a", "t")
    )
    driver = run(body)
    driver.complete("a")
    assert driver.open() == ["x", "y"]
    assert [(o.kind, o.name) for o in driver.outgoing] == [("signal", "S")]
    assert len(driver.of(SignalThrown)) == 1


@pytest.mark.parametrize("interrupting", [True, False])
def test_event_sub_process_by_message(interrupting: bool) -> None:
    body = (
        start()
        + tasks("a", "b")
        + end()
        + chain("s", "a", "b", "e")
        + event_sub(
            "esp", start("es", MESSAGE, interrupting=interrupting) + tasks("h") + chain("es", "h")
        )
    )
    driver = run(body)
    driver.message("M", n=1)
    if interrupting:
        assert driver.open() == ["h"]
        assert not driver.subscriptions
    else:
        driver.message("M", n=2)
        assert driver.open() == ["a", "h", "h"]
        driver.complete("a")
        driver.complete("b")
        driver.complete("h")
    assert not driver.finished
    driver.complete("h")
    assert driver.finished


def test_interrupting_timer_sub_process_inside_a_sub_process() -> None:
    inner = (
        start("is")
        + tasks("a")
        + chain("is", "a")
        + event_sub("esp", start("es", timer("Duration", "PT1H")) + tasks("h") + chain("es", "h"))
    )
    driver = run(start() + sub("u", inner) + tasks("z") + chain("s", "u", "z"))
    assert driver.pass_time(HOUR) == 1
    assert driver.open() == ["h"]
    driver.complete("h")
    assert driver.open() == ["z"]


@pytest.mark.parametrize(
    ("at_job", "at_v", "at_u", "caught"),
    [
        ({}, {"c2": ERROR}, {"c1": ERROR}, "c2"),
        ({}, {"c2": ERROR2}, {"c1": ERROR}, "c1"),
        ({}, {"c1": ANY_ERROR, "c2": ERROR}, {}, "c2"),
        ({"c3": ANY_ERROR}, {}, {"c1": ERROR}, "c3"),
    ],
)
def test_error_goes_to_the_innermost_match(
    at_job: dict[str, str], at_v: dict[str, str], at_u: dict[str, str], caught: str
) -> None:
    def edge(host: str, catchers: dict[str, str]) -> str:
        return "".join(
            boundary(f"b-{name}", host, definition) + tasks(name) + chain(f"b-{name}", name)
            for name, definition in catchers.items()
        )

    v = sub("v", start("vs") + job("j") + chain("vs", "j") + edge("j", at_job))
    u = sub("u", start("us") + v + chain("us", "v") + edge("v", at_v))
    driver = run(start() + u + tasks("z") + chain("s", "u", "z") + edge("u", at_u))
    driver.error("j", "E1", why="x")

    assert driver.open() == [caught]
    assert driver.value("why") == "x"


def test_uncaught_error_is_an_incident_and_the_job_can_be_tried_again() -> None:
    driver = run(start() + job("j") + tasks("z") + chain("s", "j", "z"))
    driver.error("j", "E9")
    (incident,) = driver.incidents.values()
    assert incident.error_type == "UNHANDLED_ERROR_EVENT"
    assert not driver.jobs
    driver.retry("j")
    driver.complete("j")
    assert driver.open() == ["z"]


def test_error_end_event_does_not_go_on() -> None:
    driver = run(start() + end("x", ERROR) + chain("s", "x"))
    (incident,) = driver.incidents.values()
    assert incident.error_type == "UNHANDLED_ERROR_EVENT"
    assert not driver.finished


def test_error_event_sub_process_comes_before_the_boundary_and_does_not_catch_its_own() -> None:
    inner = (
        start("us")
        + end("ue", ERROR)
        + chain("us", "ue")
        + event_sub(
            "esp", start("es", ERROR) + tasks("h") + end("he", ERROR) + chain("es", "h", "he")
        )
    )
    body = start() + sub("u", inner) + boundary("b", "u", ERROR) + tasks("c", "z")
    driver = run(body + chain("s", "u", "z") + chain("b", "c"))
    assert driver.open() == ["h"]
    driver.complete("h")
    assert driver.open() == ["c"]


@pytest.mark.parametrize("interrupting", [True, False])
def test_escalation(interrupting: bool) -> None:
    inner = start("us") + throw("t", ESCALATION) + tasks("i") + chain("us", "t", "i")
    body = (
        start()
        + sub("u", inner)
        + boundary("b", "u", ESCALATION, interrupting=interrupting)
        + tasks("c", "z")
        + chain("s", "u", "z")
        + chain("b", "c")
    )
    assert run(body).open() == (["c"] if interrupting else ["c", "i"])


def test_uncaught_escalation_is_told_and_the_flow_goes_on() -> None:
    driver = run(start() + throw("t", ESCALATION) + tasks("z") + chain("s", "t", "z"))
    assert driver.open() == ["z"]
    assert [e.escalation_code for e in driver.of(EscalationUncaught)] == ["X1"]


def test_terminate_ends_its_scope_only() -> None:
    inner = (
        start("us")
        + '<parallelGateway id="f"/>'
        + tasks("i", "k")
        + end("ue", TERMINATE)
        + chain("us", "f", "i", "ue")
        + chain("f", "k")
    )
    driver = run(start() + sub("u", inner) + tasks("z") + chain("s", "u", "z"))
    driver.complete("i")
    assert driver.open() == ["z"]


def test_link_and_multiple_events() -> None:
    link = '<linkEventDefinition name="L"/>'
    body = (
        start()
        + throw("t", link)
        + catch("c", link)
        + tasks("a")
        + chain("s", "t")
        + chain("c", "a")
    )
    assert run(body).open() == ["a"]

    both = '<intermediateCatchEvent id="c" parallelMultiple="true">' + MESSAGE + SIGNAL
    body = start() + both + "</intermediateCatchEvent>" + end() + chain("s", "c", "e")
    driver = run(body)
    driver.message("M", a=1)
    assert not driver.finished
    driver.signal("S", b=2)
    assert driver.finished
    assert (driver.value("a"), driver.value("b")) == (1, 2)


def test_cancel_from_outside_ends_everything() -> None:
    driver = run(BOUNDARY + boundary("t", "a", timer("Duration", "PT1H")))
    driver.cancel()
    assert driver.finished
    assert not driver.open()
    assert not driver.timers
