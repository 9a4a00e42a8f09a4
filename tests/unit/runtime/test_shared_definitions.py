"""Compiled once, never written to, shared by instances and threads."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from engine.runtime import SpiffRuntime
from engine.runtime.compiler import Library, compile_file
from engine.runtime.flow import Flow
from engine.runtime.node import Node
from tests.unit.runtime.models import (
    MESSAGE,
    ROOTS,
    boundary,
    end,
    event_sub,
    start,
    sub,
    tasks,
    timer,
)
from tests.unit.runtime.world import Driver, World, chain, process

BOTH_WAYS = False
MODEL = process(
    start()
    + tasks("a")
    + boundary("b", "a", timer("Cycle", "R2/PT1H"), interrupting=False)
    + sub("u", start("us") + tasks("i") + chain("us", "i"))
    + event_sub("esp", start("es", MESSAGE, interrupting=False) + tasks("h") + chain("es", "h"))
    + '<inclusiveGateway id="o"/>'
    + end()
    + chain("s", "a", "u", "o", "e")
    + chain("b", "o"),
    extra=ROOTS,
)


def fingerprint(value: Any, depth: int = 0) -> Any:
    """Everything a spec holds, without following it round in circles."""
    if isinstance(value, Node) and depth:
        return value.name
    if isinstance(value, Flow):
        return (value.id, value.source.name, value.target.name)
    if isinstance(value, dict):
        return {str(k): fingerprint(v, depth + 1) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [fingerprint(v, depth + 1) for v in value]
    if hasattr(value, "__dict__") and depth < 6 and not isinstance(value, type):
        held = {k: v for k, v in vars(value).items() if k != "_wf_spec"}
        return (type(value).__name__, fingerprint(held, depth + 1))
    return repr(value) if not hasattr(value, "__slots__") else type(value).__name__


def of_all(runtime: SpiffRuntime, world: World) -> dict[str, Any]:
    definition = runtime._library.get(world.refs["p"], world)
    return {name: fingerprint(node) for name, node in definition.spec.task_specs.items()}


def run_through(driver: Driver) -> None:
    driver.message("M", n=1)
    driver.complete("a")
    driver.complete("i")
    driver.complete("h")
    assert driver.finished


def test_running_writes_nothing_into_the_definition() -> None:
    runtime, world = SpiffRuntime(), World()
    first = Driver(MODEL, world=world, runtime=runtime)
    before = of_all(runtime, world)
    run_through(first)
    assert of_all(runtime, world) == before


def test_a_compiled_node_refuses_writing() -> None:
    definitions, _ = compile_file(MODEL, "m.bpmn")
    with pytest.raises(AttributeError, match="compiled"):
        definitions["p"].spec.task_specs["a"].default = None


def test_the_file_is_asked_for_once_and_forgotten_when_unused() -> None:
    runtime, world = SpiffRuntime(cache=2), World()
    driver = Driver(MODEL, world=world, runtime=runtime)
    driver.message("M")
    assert world.asked == 1
    library = Library(2)
    refs = [world.deploy(process(start(), process_id=name), name) for name in ("x", "y", "z")]
    for ref in refs:
        library.get(ref, world)
    assert library.get(refs[2], world) is library.get(refs[2], world)
    assert world.asked == 4
    library.get(refs[0], world)
    assert world.asked == 5


def test_threads_share_a_definition() -> None:
    runtime, failures = SpiffRuntime(), []
    template = World()
    ref = template.deploy(MODEL)

    def work() -> None:
        try:
            for _ in range(10):
                world = World()
                world.files, world.refs = template.files, template.refs
                world.deploy = lambda source, process_id="p": ref  # type: ignore[method-assign]
                run_through(Driver(MODEL, world=world, runtime=runtime))
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
