"""Builds the compiled graph of one file: resolves references, compiles logic, refuses cycles."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from engine.dmn.compile.compiler import Compiler
from engine.dmn.compile.functions import function_body
from engine.dmn.definitions import (
    Decision,
    Definitions,
    InputData,
    Knowledge,
    Reference,
    Service,
)
from engine.dmn.faults import Faults
from engine.dmn.graph import (
    CompiledDecision,
    CompiledInput,
    CompiledKnowledge,
    CompiledService,
    Element,
    Graph,
    Required,
)
from engine.dmn.item_types import result_of, signed
from engine.dmn.run import Key, Node
from engine.dmn.syntax import Variable, Where
from engine.feel import Parameter
from engine.feel.types import FeelType

_PLAIN_NAME = re.compile(r"[^\W\d]\w*")


class Builder:
    """Compiles the elements of one file; ``known`` holds those of its imports."""

    def __init__(
        self, definitions: Definitions, known: Graph, compiler: Compiler, faults: Faults
    ) -> None:
        self.definitions = definitions
        self.compiler = compiler
        self.faults = faults
        self._groups = {item.namespace: item.name for item in definitions.imports}
        self._known = known
        self._own = {element.id: element for element in definitions.elements}

    def elements(self) -> dict[Key, Element]:
        """Every element of the file, compiled."""
        built: list[Element] = [self._input(item) for item in self.definitions.inputs]
        built += [self._decision(item) for item in self.definitions.decisions]
        built += [self._knowledge(item) for item in self.definitions.knowledge]
        built += [self._service(item) for item in self.definitions.services]
        return {element.key: element for element in built}

    def _key(self, identifier: str) -> Key:
        return (self.definitions.namespace, identifier)

    def _type(self, variable: Variable) -> FeelType:
        return self.compiler.types.resolve(variable.type_ref, variable.where)

    def _input(self, item: InputData) -> CompiledInput:
        return CompiledInput(
            self._key(item.id),
            item.name,
            item.variable.name,
            item.where,
            self._type(item.variable),
        )

    def _decision(self, item: Decision) -> CompiledDecision:
        required = (
            *self._required(item.inputs, "input data", (InputData, CompiledInput)),
            *self._required(item.decisions, "a decision", (Decision, CompiledDecision)),
            *self._callables(item.knowledge),
        )
        requires = self._distinct(item.where, required)
        logic: Node | None = None
        if item.logic is not None:
            logic = self.compiler.node(item.logic, _names(requires))
        return CompiledDecision(
            self._key(item.id),
            item.name,
            item.variable.name,
            item.where,
            self._type(item.variable),
            requires,
            logic,
            item.version_tag,
        )

    def _knowledge(self, item: Knowledge) -> CompiledKnowledge:
        requires = self._callables(item.knowledge)
        parameters: tuple[Parameter, ...] = ()
        body: Node | None = None
        if item.logic is not None:
            parameters = tuple(
                Parameter(variable.name, self._type(variable)) for variable in item.logic.parameters
            )
            body = function_body(self.compiler, item.logic, _names(requires) | {item.variable.name})
        kind = self._type(item.variable)
        return CompiledKnowledge(
            self._key(item.id),
            item.name,
            item.variable.name,
            item.where,
            signed(kind, parameters),
            result_of(kind),
            requires,
            body,
        )

    def _service(self, item: Service) -> CompiledService:
        given = (
            *self._required(item.inputs, "input data", (InputData, CompiledInput)),
            *self._required(item.input_decisions, "a decision", (Decision, CompiledDecision)),
        )
        kind = self._type(item.variable)
        outputs = self._required(item.outputs, "a decision", (Decision, CompiledDecision))
        self._required(item.encapsulated, "a decision", (Decision, CompiledDecision))
        return CompiledService(
            key=self._key(item.id),
            name=item.name,
            variable=item.variable.name,
            where=item.where,
            parameters=signed(
                kind, tuple(Parameter(one.name, self._type_of(one.key)) for one in given)
            ),
            given=tuple(one.key for one in given),
            outputs=outputs,
            result=result_of(kind),
        )

    def _type_of(self, key: Key) -> FeelType | None:
        known = self._known.get(key)
        if isinstance(known, CompiledInput | CompiledDecision):
            return known.type
        return self._type(self._own[key[1]].variable)

    def _callables(self, references: Sequence[Reference]) -> tuple[Required, ...]:
        kinds = (Knowledge, Service, CompiledKnowledge, CompiledService)
        return self._required(references, "a knowledge model or decision service", kinds)

    def _required(
        self, references: Iterable[Reference], wanted: str, kinds: tuple[type, ...]
    ) -> tuple[Required, ...]:
        found = (self._resolve(reference, wanted, kinds) for reference in references)
        return tuple(dict.fromkeys(required for required in found if required is not None))

    def _distinct(self, where: Where, requires: tuple[Required, ...]) -> tuple[Required, ...]:
        names = [(required.group, required.name) for required in requires]
        for name in {name for _, name in names if names.count((_, name)) > 1}:
            sentence = f"two required elements are called '{name}'; rename one"
            self.faults.add(where, "duplicate-name", sentence)
        return requires

    def _resolve(
        self, reference: Reference, wanted: str, kinds: tuple[type, ...]
    ) -> Required | None:
        key = (reference.namespace, reference.id)
        own = reference.namespace == self.definitions.namespace
        element = self._own.get(reference.id) if own else self._known.get(key)
        if element is None or (not own and reference.namespace not in self._groups):
            sentence = f"'{reference.id}' is not in this model or its imports"
            self.faults.add(reference.where, "unknown-reference", sentence)
            return None
        if not isinstance(element, kinds):
            self.faults.add(reference.where, "wrong-reference", f"'{element.name}' is not {wanted}")
            return None
        group = "" if own else self._groups[reference.namespace]
        if isinstance(element, InputData | Decision | Knowledge | Service):
            alias = element.alias if isinstance(element, Decision) else None
            return Required(key, group, element.variable.name, alias)
        return Required(key, group, element.variable)


def _names(requires: Collection[Required]) -> frozenset[str]:
    names = {required.group or required.name for required in requires}
    return frozenset(
        names | {one.alias for one in requires if one.alias is not None and not one.group}
    )


def special_names(names: Iterable[str]) -> set[str]:
    """Names that FEEL could not recognise without being told."""
    return {name for name in names if not _PLAIN_NAME.fullmatch(name)}


def refuse_cycles(elements: Mapping[Key, Element], faults: Faults) -> None:
    """Note a fault for every requirement that leads back to itself."""
    done: set[Key] = set()
    for start in elements:
        path: list[Key] = []
        on_path: set[Key] = set()
        pending: list[tuple[Key, bool]] = [(start, False)]
        while pending:
            key, leaving = pending.pop()
            if leaving:
                on_path.discard(path.pop())
                done.add(key)
            elif key in on_path:
                names = [elements[one].name for one in path[path.index(key) :]]
                circle = " -> ".join([*names, names[0]])
                faults.add(elements[key].where, "requirement-cycle", f"in a circle: {circle}")
            elif key in elements and key not in done:
                path.append(key)
                on_path.add(key)
                pending.append((key, True))
                pending.extend((after, False) for after in _leads_to(key, elements))


def _leads_to(key: Key, elements: Mapping[Key, Element]) -> list[Key]:
    element = elements[key]
    if isinstance(element, CompiledDecision | CompiledKnowledge):
        return [required.key for required in element.requires]
    if not isinstance(element, CompiledService):
        return []
    # What a service is given is not followed: it is not decided inside.
    found: list[Key] = []
    seen = set(element.given)
    inside = [required.key for required in element.outputs]
    while inside:
        inner = elements.get(inside.pop())
        if inner is None or inner.key in seen:
            continue
        seen.add(inner.key)
        if isinstance(inner, CompiledDecision):
            inside.extend(required.key for required in inner.requires)
        elif isinstance(inner, CompiledKnowledge | CompiledService):
            found.append(inner.key)
    return found
