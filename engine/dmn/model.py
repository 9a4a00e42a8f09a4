"""A loaded model: immutable, compiled once, safe to share between threads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar
from unicodedata import normalize

from engine.dmn.findings import Finding
from engine.dmn.graph import (
    CompiledDecision,
    CompiledInput,
    CompiledService,
    Element,
    Graph,
    fitted,
    service_outputs,
    service_result,
    value_of,
)
from engine.dmn.run import Run
from engine.dmn.trace import Evaluation
from engine.errors import NotFound
from engine.feel import DEFAULT, Environment, FeelLimitError, from_json
from engine.feel.types import FeelType

_T = TypeVar("_T")
_Kind = TypeVar("_Kind", CompiledDecision, CompiledService)


@dataclass(frozen=True, slots=True)
class Named:
    """An element of a model as callers name it; ``type`` as FEEL writes it."""

    id: str
    name: str
    type: str
    version_tag: str | None = None


class Model:
    """Decisions and services that can be evaluated."""

    def __init__(
        self,
        *,
        file: str,
        id: str,
        name: str,
        namespace: str,
        graph: Graph,
        types: Mapping[str, FeelType],
        open_types: Mapping[str, FeelType],
        findings: tuple[Finding, ...],
    ) -> None:
        self.file = file
        self.id = id
        self.name = name
        self.namespace = namespace
        self.findings = findings
        self.graph = graph
        self.types = types
        self.open_types = open_types
        self._own = [element for key, element in graph.items() if key[0] == namespace]
        self._declared = frozenset(
            name for element in self._own for name in (element.name, element.variable)
        )
        self.inputs = _named(self._own, CompiledInput)
        self.decisions = _named(self._own, CompiledDecision)
        self.services = _named(self._own, CompiledService)

    def evaluate(
        self, decision: str, context: Mapping[str, object], env: Environment = DEFAULT
    ) -> Evaluation:
        """Make one decision, named by id or name, from FEEL or JSON values by input name.

        An input of an imported model may be given as ``{namespace}name``.
        Raises ``NotFound`` for an unknown decision, ``FeelError`` for a given
        value that FEEL has none for, and ``FeelLimitError`` when a budget of
        ``env`` is spent; whatever else goes wrong is null with a warning.
        """
        element = self._find(decision, CompiledDecision)
        run = self._run(context, env)
        value = _bounded(lambda: value_of(element.key, run))
        return _evaluation(run, value, {element.name: value})

    def evaluate_service(
        self, service: str, context: Mapping[str, object], env: Environment = DEFAULT
    ) -> Evaluation:
        """Call a decision service with its inputs by name; one that is not given is null."""
        element = self._find(service, CompiledService)
        run = self._run(context, env)
        for key, parameter in zip(element.given, element.parameters, strict=True):
            value = run.given.get(parameter.name)
            kind = parameter.type
            run.values[key] = value if kind is None else fitted(value, kind, run.graph[key], run)
        outputs = _bounded(lambda: service_outputs(element, run))
        result = fitted(service_result(element, outputs), element.result, element, run)
        if len(outputs) == 1:
            outputs = dict.fromkeys(outputs, result)
        return _evaluation(run, result, outputs)

    def _run(self, context: Mapping[str, object], env: Environment) -> Run:
        env = replace(
            env,
            types={**env.types, **self.types},
            instance_types={**env.types, **self.open_types},
        )
        given = {normalize("NFC", name): from_json(value) for name, value in context.items()}
        return Run(self.graph, given, self._declared, env)

    def _find(self, wanted: str, kind: type[_Kind]) -> _Kind:
        for element in self._own:
            if isinstance(element, kind) and wanted == element.key[1]:
                return element
        for element in self._own:
            if isinstance(element, kind) and wanted == element.name:
                return element
        what = "decision" if kind is CompiledDecision else "decision service"
        raise NotFound(f"The model '{self.name}' has no {what} '{wanted}'.")


def _named(
    elements: list[Element],
    kind: type[CompiledInput] | type[CompiledDecision] | type[CompiledService],
) -> tuple[Named, ...]:
    return tuple(
        Named(
            element.key[1],
            element.name,
            str(element.result if isinstance(element, CompiledService) else element.type),
            element.version_tag if isinstance(element, CompiledDecision) else None,
        )
        for element in elements
        if isinstance(element, kind)
    )


def _bounded(work: Callable[[], _T]) -> _T:
    # The depth budget counts calls; a host with a small stack may still run
    # out of frames first, which is the same fault of the model.
    try:
        return work()
    except RecursionError:
        raise FeelLimitError("The decision calls functions too deeply to be evaluated.") from None


def _evaluation(run: Run, value: object, outputs: Mapping[str, object]) -> Evaluation:
    return Evaluation(
        value=value,
        outputs=dict(outputs),
        trace=tuple(run.trace),
        warnings=tuple(run.warnings),
    )
