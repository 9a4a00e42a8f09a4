"""What a DMN file says, as immutable values: types, inputs, decisions, knowledge, services."""

from __future__ import annotations

from dataclasses import dataclass

from engine.dmn.syntax import Expression, FunctionDefinition, Text, Variable, Where


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionItem:
    """The signature in a function item definition."""

    parameters: tuple[Variable, ...]
    output: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDefinition:
    """A named type, or a component of one."""

    where: Where
    name: str
    collection: bool
    type_ref: str | None
    allowed: Text | None
    constraint: Text | None
    components: tuple[ItemDefinition, ...]
    function: FunctionItem | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A reference to an element: its model's namespace and its id."""

    namespace: str
    id: str
    where: Where


@dataclass(frozen=True, slots=True, kw_only=True)
class InputData:
    """A value that comes from outside."""

    where: Where
    id: str
    name: str
    variable: Variable


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision and what it requires; ``logic`` is None for one that is only documented.

    A decision without a variable may also be called by its id (``alias``), as
    Camunda's modelers do. ``version_tag`` is what they call this version.
    """

    where: Where
    id: str
    name: str
    variable: Variable
    alias: str | None
    inputs: tuple[Reference, ...]
    decisions: tuple[Reference, ...]
    knowledge: tuple[Reference, ...]
    logic: Expression | None
    version_tag: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """A business knowledge model: a named, reusable function."""

    where: Where
    id: str
    name: str
    variable: Variable
    knowledge: tuple[Reference, ...]
    logic: FunctionDefinition | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A decision service: decisions offered together under a signature."""

    where: Where
    id: str
    name: str
    variable: Variable
    outputs: tuple[Reference, ...]
    encapsulated: tuple[Reference, ...]
    input_decisions: tuple[Reference, ...]
    inputs: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """Another model, visible under ``name``."""

    where: Where
    name: str
    namespace: str
    location: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """One file."""

    file: str
    id: str
    name: str
    namespace: str
    imports: tuple[Import, ...]
    items: tuple[ItemDefinition, ...]
    inputs: tuple[InputData, ...]
    decisions: tuple[Decision, ...]
    knowledge: tuple[Knowledge, ...]
    services: tuple[Service, ...]

    @property
    def elements(self) -> tuple[InputData | Decision | Knowledge | Service, ...]:
        """Everything that has an id and a name in the requirement graph."""
        return (*self.inputs, *self.decisions, *self.knowledge, *self.services)
