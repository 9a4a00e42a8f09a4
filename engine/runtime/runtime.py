"""The door to BPMN: check, compile, start, restore."""

from __future__ import annotations

from datetime import datetime

from engine.errors import DeployRefused
from engine.ports.runtime import (
    Compiled,
    Environment,
    Finding,
    RootState,
    StartInfo,
    StartRequest,
)
from engine.runtime import lint, snapshot
from engine.runtime.beginning import beginning, may_begin
from engine.runtime.compiler import Library, compile_file
from engine.runtime.describe import describe
from engine.runtime.instance import Instance
from engine.runtime.jsontext import dumps, nfc
from engine.runtime.process import RunningProcess
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

    def next_start(
        self, start: StartInfo, deployed_at: datetime, now: datetime | None = None
    ) -> datetime | None:
        """When a timer start is due; None when its cycle is used up."""
        return next_start(start, deployed_at, now)

    def may_start(self, request: StartRequest, env: Environment) -> bool:
        """Whether the conditions of the named start event hold for these variables."""
        return may_begin(self._library.get(request.instance.definition, env), request, env)

    def start(self, request: StartRequest, env: Environment) -> RunningProcess:
        """A new root; nothing has run before ``advance``."""
        ref = request.instance
        definition = self._library.get(ref.definition, env)
        begin = beginning(definition, request, env)
        texts = {nfc(name): dumps(value) for name, value in request.variables.items()}
        instance = Instance(definition, env, self._library, {}, self._budget)
        details = {"business_id": request.business_id, "tags": request.tags}
        token = instance.open_process(definition, ref.definition, ref.key, None, details)
        token.internal_data.update(begin)
        event = begin.get("event")
        if isinstance(event, str) and definition.spec.task_specs[event].mapped_out:
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
