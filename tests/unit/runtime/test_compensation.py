"""Compensation, transactions, cancellation."""

from __future__ import annotations

import pytest

from engine.domain.events import ElementCompleted
from tests.unit.runtime.models import (
    CANCEL,
    COMPENSATE,
    ERROR,
    ROOTS,
    boundary,
    end,
    event_sub,
    job,
    start,
    sub,
    tasks,
    throw,
)
from tests.unit.runtime.world import Driver, chain, process


def undoable(name: str, inner: str = "") -> str:
    """A user task with a compensation handler ``undo-<name>``."""
    return (
        f'<userTask id="{name}">{inner}</userTask>'
        + boundary(f"b-{name}", name, COMPENSATE)
        + f'<userTask id="undo-{name}" isForCompensation="true"/>'
        + f'<association id="as-{name}" sourceRef="b-{name}" targetRef="undo-{name}"/>'
    )


def run(body: str, variables: dict[str, object] | None = None) -> Driver:
    return Driver(process(body, extra=ROOTS), variables)


def undone(driver: Driver) -> list[str]:
    """Completes handlers as they open, and tells the order."""
    order = []
    while any(name.startswith("undo-") for name in driver.open()):
        name = next(n for n in driver.open() if n.startswith("undo-"))
        order.append(name[5:])
        driver.complete(name)
    return order


def test_reverse_order_and_once_only() -> None:
    body = (
        start()
        + undoable("a")
        + undoable("b")
        + tasks("n")
        + throw("t", COMPENSATE)
        + throw("t2", COMPENSATE)
        + tasks("z")
        + chain("s", "a", "b", "n", "t", "t2", "z")
    )
    driver = run(body)
    for name in ("a", "b", "n"):
        driver.complete(name)
    assert driver.open() == ["undo-b"]
    assert undone(driver) == ["b", "a"]
    assert driver.open() == ["z"]
    assert '"log"' not in driver.snapshot.decode()


def test_one_activity_by_reference() -> None:
    only = '<compensateEventDefinition activityRef="a"/>'
    body = (
        start()
        + undoable("a")
        + undoable("b")
        + throw("t", only)
        + tasks("z")
        + chain("s", "a", "b", "t", "z")
    )
    driver = run(body)
    driver.complete("a")
    driver.complete("b")
    assert undone(driver) == ["a"]
    assert driver.open() == ["z"]


def test_unfinished_activities_are_not_undone() -> None:
    body = (
        start()
        + '<parallelGateway id="f"/>'
        + undoable("a")
        + tasks("w")
        + end("t", COMPENSATE)
        + chain("s", "f", "a")
        + chain("f", "w", "t")
    )
    driver = run(body)
    driver.complete("w")
    assert driver.open() == ["a"]


def test_a_finished_sub_process_is_undone_with_its_variables() -> None:
    loop = (
        '<extensionElements><zeebe:ioMapping><zeebe:input source="=code + &quot;!&quot;"'
        ' target="mine"/></zeebe:ioMapping></extensionElements>'
    )
    inner = start("us") + undoable("a") + undoable("b") + chain("us", "a", "b")
    body = (
        start()
        + sub("u", loop + inner)
        + throw("t", COMPENSATE)
        + tasks("z")
        + chain("s", "u", "t", "z")
    )
    driver = run(body, {"code": "x"})
    driver.complete("a")
    driver.complete("b")
    assert driver.open() == ["undo-b"]
    assert any(row.get("mine") == '"x!"' for row in driver.variables.values())
    assert undone(driver) == ["b", "a"]
    assert driver.open() == ["z"]
    assert set(driver.variables) == {driver.instance.key}


def test_multi_instance_is_undone_per_finished_instance() -> None:
    loop = (
        "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality>"
        "</multiInstanceLoopCharacteristics>"
    )
    body = (
        start()
        + undoable("a", loop)
        + throw("t", COMPENSATE)
        + tasks("z")
        + chain("s", "a", "t", "z")
    )
    driver = run(body)
    for _ in range(3):
        driver.complete("a")
    counters = [row["loopCounter"] for row in driver.variables.values() if "loopCounter" in row]
    assert counters == ["3"]
    assert undone(driver) == ["a", "a", "a"]
    assert driver.open() == ["z"]


def test_compensation_event_sub_process_decides_the_order() -> None:
    refs = [f'<compensateEventDefinition activityRef="{name}"/>' for name in ("a", "b")]
    esp = event_sub(
        "esp",
        start("es", COMPENSATE)
        + throw("t1", refs[0])
        + throw("t2", refs[1])
        + tasks("h")
        + chain("es", "t1", "t2", "h"),
    )
    inner = start("us") + undoable("a") + undoable("b") + chain("us", "a", "b") + esp
    body = start() + sub("u", inner) + throw("t", COMPENSATE) + tasks("z")
    driver = run(body + chain("s", "u", "t", "z"))
    driver.complete("a")
    driver.complete("b")
    assert undone(driver) == ["a", "b"]
    driver.complete("h")
    assert driver.open() == ["z"]


def test_saga_error_sub_process_undoes_the_scope_around_it() -> None:
    esp = event_sub(
        "esp", start("es", ERROR) + throw("t", COMPENSATE) + tasks("h") + chain("es", "t", "h")
    )
    driver = run(start() + undoable("a") + job("j") + esp + chain("s", "a", "j"))
    driver.complete("a")
    driver.error("j", "E1")
    assert undone(driver) == ["a"]
    assert driver.open() == ["h"]


def transaction(inner: str) -> str:
    return f'<transaction id="u">{inner}</transaction>' + boundary("bc", "u", CANCEL)


@pytest.mark.parametrize("cancelled", [True, False])
def test_transaction(cancelled: bool) -> None:
    inner = (
        start("us")
        + '<parallelGateway id="f"/>'
        + undoable("a")
        + tasks("w", "k")
        + '<exclusiveGateway id="x" default="x_ok"/>'
        + end("ok")
        + end("no", CANCEL)
        + chain("us", "f", "a")
        + chain("f", "w", "x", "ok")
        + chain("f", "k")
        + '<sequenceFlow id="x_no" sourceRef="x" targetRef="no">'
        "<conditionExpression>bad</conditionExpression></sequenceFlow>"
    )
    body = start() + transaction(inner) + tasks("c", "z") + chain("s", "u", "z") + chain("bc", "c")
    driver = run(body)
    driver.complete("a")
    driver.complete("w", bad=cancelled)
    if cancelled:
        assert driver.open() == ["undo-a"]
        assert undone(driver) == ["a"]
        assert driver.open() == ["c"]
    else:
        driver.complete("k")
        assert driver.open() == ["z"]
    assert len([e for e in driver.of(ElementCompleted) if e.element_id == "u"]) == (not cancelled)


def test_cancel_without_a_boundary_is_an_incident() -> None:
    inner = start("us") + end("no", CANCEL) + chain("us", "no")
    driver = run(start() + f'<transaction id="u">{inner}</transaction>' + chain("s", "u"))
    (incident,) = driver.incidents.values()
    assert incident.element_id == "no"


def test_state_grows_with_compensable_work_only() -> None:
    body = (
        start()
        + tasks("a")
        + '<exclusiveGateway id="x" default="x_a"/>'
        + end()
        + chain("s", "a", "x", "a")
        + '<sequenceFlow id="x_e" sourceRef="x" targetRef="e">'
        "<conditionExpression>stop</conditionExpression></sequenceFlow>"
    )
    driver = run(body, {"stop": False})
    sizes = set()
    for _ in range(50):
        driver.complete("a")
        sizes.add(len(driver.snapshot) // 10)
    assert len(sizes) == 1
