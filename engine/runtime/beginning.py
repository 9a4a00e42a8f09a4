"""Where a new instance begins.

A process whose only starts are conditional begins where the variables it is
given make a condition true; without any such start the caller must name one.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.errors import Conflict, InvalidInput
from engine.feel import FeelError
from engine.ports.runtime import Environment, StartRequest
from engine.runtime.compiler import Definition
from engine.runtime.container import EventSubProcess, SubProcess
from engine.runtime.definitions import Conditional
from engine.runtime.event import BoundaryEvent, StartEvent
from engine.runtime.expression import FeelEngine
from engine.runtime.jsontext import dumps, loads, nfc
from engine.runtime.node import Node
from engine.runtime.spec import PROCESS


def beginning(definition: Definition, request: StartRequest, env: Environment) -> dict[str, object]:
    """An event that came, named elements, the none start, or a condition that holds."""
    if request.start_event is not None:
        node = _node(definition, request.start_event)
        if node.container is not definition.process:
            raise InvalidInput(f"'{node.name}' does not start the process", code="nested-start")
        return {"event": node.name}
    if request.start_elements:
        return {"start": [_path(definition, name) for name in request.start_elements]}
    if definition.process.starts:
        return {}
    conditional = _conditional(definition, request, env)
    if conditional is None:
        raise Conflict(
            f"process '{definition.spec.name}' has no none start event", code="no-none-start"
        )
    return {"event": conditional}


def may_begin(definition: Definition, request: StartRequest, env: Environment) -> bool:
    """Whether every condition of the named start event holds for the given variables."""
    node = _node(definition, request.start_event or "")
    engine, context = FeelEngine(env), _context(request)
    return all(
        _holds(engine, found, context)
        for found in node.definitions
        if isinstance(found, Conditional)
    )


def _context(request: StartRequest) -> Mapping[str, object]:
    return {nfc(name): loads(dumps(value)) for name, value in request.variables.items()}


def _conditional(definition: Definition, request: StartRequest, env: Environment) -> str | None:
    """The first conditional start event whose condition holds for the given variables."""
    engine = FeelEngine(env)
    context = _context(request)
    for node in definition.spec.task_specs.values():
        if not isinstance(node, StartEvent) or node.container is not definition.process:
            continue
        holds = [
            isinstance(found, Conditional) and _holds(engine, found, context)
            for found in node.definitions
        ]
        if holds and (all(holds) if node.parallel else any(holds)):
            return str(node.name)
    return None


def _holds(engine: FeelEngine, start: Conditional, context: Mapping[str, object]) -> bool:
    try:
        return engine.value(start.condition, context) is True
    except FeelError:
        return False


def _node(definition: Definition, name: str) -> Node:
    node = definition.spec.task_specs.get(name)
    if node is None or name == PROCESS:
        raise InvalidInput(f"the process has no element '{name}'", code="unknown-element")
    return node


def _path(definition: Definition, name: str) -> list[str]:
    node: Node | None = _node(definition, name)
    if isinstance(node, BoundaryEvent | EventSubProcess):
        raise InvalidInput(f"no instance can begin at '{name}'", code="not-a-beginning")
    path: list[str] = []
    while node is not None and node is not definition.process:
        if path and (not isinstance(node, SubProcess) or node.loop is not None):
            raise InvalidInput(
                f"'{name}' lies inside a loop or event sub-process", code="not-a-beginning"
            )
        path.insert(0, node.name)
        node = node.container
    return path
