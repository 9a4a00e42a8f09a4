"""The compiled requirement graph and how values flow through it.

Requirements are resolved one after the other, without recursion, and each
decision is made at most once per evaluation. Only what an element requires is
in its sight.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from engine.dmn.compile.functions import callable_node
from engine.dmn.run import Key, Node, Run, Scope
from engine.dmn.syntax import Where
from engine.dmn.trace import DecisionTrace
from engine.feel import FeelFunction, Parameter
from engine.feel.types import FeelType


@dataclass(frozen=True, slots=True)
class Required:
    """A required element and the names it goes by; ``group`` is the import's name or empty."""

    key: Key
    group: str
    name: str
    alias: str | None = None


@dataclass(frozen=True, slots=True)
class CompiledInput:
    """An input data element."""

    key: Key
    name: str
    variable: str
    where: Where
    type: FeelType


@dataclass(frozen=True, slots=True)
class CompiledDecision:
    """A decision; its value conforms to ``type``."""

    key: Key
    name: str
    variable: str
    where: Where
    type: FeelType
    requires: tuple[Required, ...]
    logic: Node | None
    version_tag: str | None = None


@dataclass(frozen=True, slots=True)
class CompiledKnowledge:
    """A business knowledge model."""

    key: Key
    name: str
    variable: str
    where: Where
    parameters: tuple[Parameter, ...]
    result: FeelType
    requires: tuple[Required, ...]
    body: Node | None


@dataclass(frozen=True, slots=True)
class CompiledService:
    """A decision service; its parameters are the input data, then the input decisions."""

    key: Key
    name: str
    variable: str
    where: Where
    parameters: tuple[Parameter, ...]
    given: tuple[Key, ...]
    outputs: tuple[Required, ...]
    result: FeelType


Element: TypeAlias = CompiledInput | CompiledDecision | CompiledKnowledge | CompiledService
Graph: TypeAlias = Mapping[Key, Element]


def value_of(key: Key, run: Run) -> object:
    """The value of an element; everything it requires is settled first."""
    pending: list[tuple[Key, bool]] = [(key, False)]
    while pending:
        current, settled = pending.pop()
        if current in run.values:
            continue
        element = run.graph[current]
        if isinstance(element, CompiledDecision | CompiledKnowledge) and not settled:
            pending.append((current, True))
            pending.extend((item.key, False) for item in reversed(element.requires))
        else:
            run.values[current] = _settle(element, run)
    return run.values[key]


def _settle(element: Element, run: Run) -> object:
    match element:
        case CompiledInput():
            return _input(element, run)
        case CompiledDecision():
            return _decide(element, run)
        case CompiledKnowledge():
            return _function(element, run)
        case CompiledService():
            return _service_function(element, run)


def _input(element: CompiledInput, run: Run) -> object:
    found, value = run.given_value(element.key[0], element.variable, element.name)
    if not found:
        run.note(element.where, "missing-input", f"input '{element.name}' is not given")
        return None
    return fitted(value, element.type, element, run)


def fitted(value: object, kind: FeelType, element: Element, run: Run) -> object:
    """The value as the element's type, or null with a note."""
    kind.pay(value, run.feel.spend)
    result, fits = kind.coerce(value)
    if not fits:
        run.note(element.where, "type", f"'{element.name}' is no {kind}")
    return result


def _scope(required: Iterable[Required], run: Run) -> Scope:
    scope: Scope = {}
    groups: dict[str, dict[str, object]] = {}
    for item in required:
        inside = groups.setdefault(item.group, {}) if item.group else scope
        inside[item.name] = run.values[item.key]
        if item.alias is not None:
            inside.setdefault(item.alias, run.values[item.key])
    return scope | groups


def _decide(element: CompiledDecision, run: Run) -> object:
    run.tables = []
    given = _scope(element.requires, run)
    value = None
    if element.logic is not None:
        value = fitted(element.logic({**run.ambient, **given}, run), element.type, element, run)
    trace = DecisionTrace(
        id=element.key[1],
        name=element.name,
        namespace=element.key[0],
        given=_given_values(element.requires, run),
        tables=tuple(run.tables),
        value=value,
        warnings=run.untold(),
    )
    run.trace.append(trace)
    return value


def _given_values(required: Iterable[Required], run: Run) -> dict[str, object]:
    return {
        f"{item.group}.{item.name}" if item.group else item.name: run.values[item.key]
        for item in required
        if not isinstance(run.values[item.key], FeelFunction)
    }


def _function(element: CompiledKnowledge, run: Run) -> FeelFunction | None:
    if element.body is None:
        return None
    scope = _scope(element.requires, run)
    function = callable_node(
        element.name, element.parameters, element.body, scope, run, element.result
    )
    # A function may call itself.
    scope[element.variable] = function
    return function


def _service_function(element: CompiledService, run: Run) -> FeelFunction:
    def body(scope: Scope, _run: Run) -> object:
        values = {
            key: scope[parameter.name]
            for key, parameter in zip(element.given, element.parameters, strict=True)
        }
        return service_result(element, service_outputs(element, run.within(values)))

    return callable_node(element.name, element.parameters, body, {}, run, element.result)


def service_outputs(element: CompiledService, run: Run) -> dict[str, object]:
    """The value of each output decision by name, in a run that knows the service's inputs."""
    return {item.name: value_of(item.key, run) for item in element.outputs}


def service_result(element: CompiledService, outputs: Mapping[str, object]) -> object:
    """What a service yields: the value of its only output, or a context of them all."""
    if len(element.outputs) == 1:
        return outputs[element.outputs[0].name]
    return dict(outputs)
