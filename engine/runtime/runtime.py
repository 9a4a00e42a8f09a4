"""The door to BPMN: check, compile, start, restore."""

from __future__ import annotations

from datetime import datetime

from engine.errors import Conflict, DeployRefused, InvalidInput
from engine.ports.runtime import (
    Compiled,
    Environment,
    Finding,
    RootState,
    StartInfo,
    StartRequest,
)
from engine.runtime import lint, snapshot
from engine.runtime.compiler import Definition, Library, compile_file
from engine.runtime.container import EventSubProcess, SubProcess
from engine.runtime.describe import describe
from engine.runtime.event import BoundaryEvent
from engine.runtime.instance import Instance
from engine.runtime.jsontext import dumps, nfc
from engine.runtime.node import Node
from engine.runtime.process import RunningProcess
from engine.runtime.spec import PROCESS
from engine.runtime.starting import next_start

DEFAULT_BUDGET = 200_000
DEFAULT_CACHE = 500


class SpiffRuntime:
    """``ports.runtime.Runtime`` built on SpiffWorkflow.

    ``budget`` is the number of turns a step may take before its tokens are
    parked; ``cache`` the number of definitions kept compiled.
    """

    def __init__(self, *, budget: int = DEFAULT_BUDGET, cache: int = DEFAULT_CACHE) -> None:
        self._budget = budget
        self._library = Library(cache)

    def check(self, source: bytes, name: str) -> tuple[Finding, ...]:
        """All findings about a file, errors and warnings, in document order."""
        found = lint.check(source, name)
        if any(item.severity == "error" for item in found):
            return found
        # What only compilation can see; the validator has looked at all the rest.
        _, more = compile_file(source, name)
        return (*found, *more)

    def compile(self, source: bytes, name: str) -> Compiled:
        """The file's processes; ``DeployRefused`` when a finding is an error."""
        findings = lint.check(source, name)
        _require_sound(findings, name)
        definitions, more = compile_file(source, name)
        findings = (*findings, *more)
        _require_sound(findings, name)
        return Compiled(
            processes=tuple(describe(definition) for definition in definitions.values()),
            warnings=findings,
        )

    def next_start(self, start: StartInfo, after: datetime, fired: int) -> datetime | None:
        """When a timer start is due; None when its cycle is used up."""
        return next_start(start, after, fired)

    def start(self, request: StartRequest, env: Environment) -> RunningProcess:
        """A new root; nothing has run before ``advance``."""
        ref = request.instance
        definition = self._library.get(ref.definition, env)
        begin = beginning(definition, request)
        texts = {nfc(name): dumps(value) for name, value in request.variables.items()}
        instance = Instance(definition, env, self._library, {}, self._budget)
        details = {"business_id": request.business_id, "tags": request.tags}
        token = instance.open_process(definition, ref.definition, ref.key, None, details)
        token.internal_data.update(begin)
        event = request.start_event
        if event is not None and definition.spec.task_specs[event].mapped_out:
            token.internal_data["given"] = texts
        else:
            for name, text in texts.items():
                instance.scopes.put_text(token.id, token.id, name, text)
        instance.settle()
        return RunningProcess(instance)

    def restore(self, state: RootState, env: Environment) -> RunningProcess:
        """The root as it stood after its last step."""
        definition = self._library.get(state.instance.definition, env)
        instance = Instance(definition, env, self._library, state.variables, self._budget)
        snapshot.load(
            instance, state.instance, state.snapshot, lambda ref: self._library.get(ref, env)
        )
        return RunningProcess(instance)


def _require_sound(findings: tuple[Finding, ...], name: str) -> None:
    errors = [found for found in findings if found.severity == "error"]
    if errors:
        first = errors[0]
        where = f"{name}, line {first.line}, '{first.element_id}'"
        raise DeployRefused(f"{where}: {first.message['en']}", errors)


def beginning(definition: Definition, request: StartRequest) -> dict[str, object]:
    """Where the request says to begin: an event that came, elements, or the none start."""
    if request.start_event is not None:
        node = _node(definition, request.start_event)
        if node.container is not definition.process:
            raise InvalidInput(f"'{node.name}' does not start the process", code="nested-start")
        return {"event": node.name}
    if request.start_elements:
        return {"start": [_path(definition, name) for name in request.start_elements]}
    if not definition.process.starts:
        raise Conflict(
            f"process '{definition.spec.name}' has no none start event", code="no-none-start"
        )
    return {}


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
