"""Call activities, sub-processes and the borders of variables."""

from __future__ import annotations

from engine.domain.events import (
    ElementActivated,
    InstanceCompleted,
    InstanceStarted,
    InstanceTerminated,
    ScopeClosed,
)
from tests.unit.runtime.models import ERROR, ROOTS, boundary, end, job, start, sub, tasks
from tests.unit.runtime.world import Driver, World, chain, process


def io(inputs: dict[str, str] | None = None, outputs: dict[str, str] | None = None) -> str:
    rows = [f'<zeebe:input source="{v}" target="{k}"/>' for k, v in (inputs or {}).items()]
    rows += [f'<zeebe:output source="{v}" target="{k}"/>' for k, v in (outputs or {}).items()]
    return f"<zeebe:ioMapping>{''.join(rows)}</zeebe:ioMapping>"


def call(attributes: str = "", mapping: str = "") -> str:
    return (
        '<callActivity id="c"><extensionElements>'
        f'<zeebe:calledElement processId="child" {attributes}/>{mapping}'
        "</extensionElements></callActivity>"
    )


CHILD = start("cs") + job("j") + end("ce") + chain("cs", "j", "ce")


def calling(element: str, variables: dict[str, object] | None = None, child: str = CHILD) -> Driver:
    world = World()
    world.deploy(process(child, process_id="child", extra=ROOTS), "child")
    body = start() + element + boundary("b", "c", ERROR) + tasks("z", "x")
    return Driver(
        process(body + chain("s", "c", "z") + chain("b", "x"), extra=ROOTS), variables, world=world
    )


def test_called_process_is_an_instance_of_its_own_in_the_same_snapshot() -> None:
    driver = calling(call(), {"a": 1})
    called = driver.of(InstanceStarted)[1]
    caller = next(e for e in driver.of(ElementActivated) if e.element_id == "c")
    assert called.parent_key == driver.instance.key
    assert called.parent_element_key == caller.key
    assert called.instance.root_key == driver.instance.key
    (job_event,) = driver.jobs.values()
    assert job_event.instance == called.instance
    assert driver.variables[called.instance.key] == {"a": "1"}

    driver.complete("j", b=2)

    assert driver.open() == ["z"]
    assert (driver.value("a"), driver.value("b")) == (1, 2)
    assert [e.instance.key for e in driver.of(InstanceCompleted)] == [called.instance.key]


def test_only_what_is_mapped_crosses() -> None:
    mapping = io({"given": "=a * 2"}, {"got": "=b + 1"})
    attributes = 'propagateAllParentVariables="false" propagateAllChildVariables="false"'
    driver = calling(call(attributes, mapping), {"a": 1})
    child_key = driver.of(InstanceStarted)[1].instance.key
    assert driver.variables[child_key] == {"given": "2"}
    driver.complete("j", b=5, secret=1)
    assert driver.names() == {"a", "got"}
    assert driver.value("got") == 6


def test_error_crosses_the_call() -> None:
    driver = calling(call())
    driver.error("j", "E1")
    assert driver.open() == ["x"]
    assert len(driver.of(InstanceTerminated)) == 1


def test_unknown_process_is_an_incident_until_it_is_deployed() -> None:
    world = World()
    body = start() + call() + tasks("z") + chain("s", "c", "z")
    driver = Driver(process(body), world=world)
    (incident,) = driver.incidents.values()
    assert incident.error_type == "CALLED_ELEMENT_ERROR"
    world.deploy(process(CHILD, process_id="child"), "child")
    driver.retry("c")
    assert driver.open() == ["j"]


def test_a_cancelled_called_instance_leaves_an_incident() -> None:
    driver = calling(call())
    child_key = driver.of(InstanceStarted)[1].instance.key
    driver._run(lambda p: p.cancel(child_key))
    assert driver.open() == []
    driver.retry("c")
    assert driver.open() == ["j"]


def test_three_hundred_nested_calls() -> None:
    world = World()
    for depth in range(300):
        inner = (
            CHILD
            if depth == 299
            else start("cs")
            + (f'<callActivity id="n{depth}" calledElement="d{depth + 1}"/>')
            + end("ce")
            + chain("cs", f"n{depth}", "ce")
        )
        world.deploy(process(inner, process_id=f"d{depth}"), f"d{depth}")
    body = start() + '<callActivity id="c" calledElement="d0"/>' + end() + chain("s", "c", "e")
    driver = Driver(process(body), world=world, every_turn=False)
    driver.complete("j", deep=1)
    assert driver.finished
    assert driver.value("deep") == 1


def mapped_task(mapping: str) -> str:
    return f'<userTask id="t"><extensionElements>{mapping}</extensionElements></userTask>'


def test_inputs_are_local_and_outputs_go_out() -> None:
    mapping = io({"x": "=a.b", "y": "=x + 1"}, {"r.deep": "=done", "a": "=a"})
    body = start() + mapped_task(mapping) + tasks("z") + chain("s", "t", "z")
    driver = Driver(process(body), {"a": {"b": 1}, "r": {"kept": True}})
    (key,) = driver.tasks
    assert driver.variables[key] == {"x": "1", "y": "2"}
    driver.complete("t", done="yes", noise=1)
    assert driver.value("r") == {"kept": True, "deep": "yes"}
    assert driver.names() == {"a", "r"}
    assert [e.scope_key for e in driver.of(ScopeClosed)] == [key]


def test_a_failing_output_keeps_the_answers_and_repeats_only_itself() -> None:
    mapping = io(None, {"r": "=for i in 1..1000000 return i"})
    body = start() + mapped_task(mapping) + tasks("z") + chain("s", "t", "z")
    driver = Driver(process(body))
    (key,) = driver.tasks
    driver.complete("t", answer=42)
    (incident,) = driver.incidents.values()
    assert incident.error_type == "IO_MAPPING_ERROR"
    assert driver.variables[key] == {"answer": "42"}
    driver.retry("t")
    assert len(driver.incidents) == 1


def test_sub_process_variables_stay_inside_unless_mapped() -> None:
    inner = start("us") + tasks("i") + chain("us", "i")
    mapping = f"<extensionElements>{io({'w': '=1'}, {'out': '=w + 1'})}</extensionElements>"
    driver = Driver(
        process(start() + sub("u", mapping + inner) + tasks("z") + chain("s", "u", "z"))
    )
    driver.complete("i", w=10, other=3)
    assert driver.names() == {"out", "other"}
    assert driver.value("out") == 11
