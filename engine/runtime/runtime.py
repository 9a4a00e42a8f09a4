"""The door to BPMN: check, compile, start, restore."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import Conflict, DeployRefused, InvalidInput
from engine.ports.runtime import (
    Compiled,
    Environment,
    Finding,
    RootState,
    StartRequest,
)
from engine.runtime import lint, snapshot
from engine.runtime.compiler import Definition, Library, compile_file
from engine.runtime.describe import describe
from engine.runtime.instance import Instance
from engine.runtime.jsontext import dumps
from engine.runtime.process import RunningProcess
from engine.runtime.spec import PROCESS

if TYPE_CHECKING:
    from engine.runtime.token import Token

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

    def start(self, request: StartRequest, env: Environment) -> RunningProcess:
        """A new root; nothing has run before ``advance``."""
        ref = request.instance
        definition = self._library.get(ref.definition, env)
        begin = _begin(definition, request)
        texts = {name: dumps(value) for name, value in request.variables.items()}
        instance = Instance(definition, env, self._library, {}, self._budget)
        details = {"business_id": request.business_id, "tags": request.tags}
        token = instance.open_process(definition, ref.definition, ref.key, None, details)
        if begin:
            token.internal_data["start"] = begin
        if begin and definition.spec.task_specs[begin[0]].mapped_out and request.start_event:
            token.internal_data["given"] = texts
        else:
            _write(token, request)
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


def _write(token: Token, request: StartRequest) -> None:
    for name, value in request.variables.items():
        token.data.declare(name, value)


def _begin(definition: Definition, request: StartRequest) -> list[str]:
    """Nodes named by the request; empty for the none start."""
    wanted = list(request.start_elements)
    if request.start_event is not None:
        wanted = [request.start_event]
    nodes = definition.spec.task_specs
    for name in wanted:
        if name not in nodes or name == PROCESS:
            raise InvalidInput(f"the process has no element '{name}'", code="unknown-element")
        if nodes[name].container is not definition.process:
            raise InvalidInput(f"'{name}' is inside a sub-process", code="nested-start")
    if not wanted and not definition.process.starts:
        raise Conflict(
            f"process '{definition.spec.name}' has no none start event", code="no-none-start"
        )
    return wanted
