"""What a DMN file says, as immutable values: the boxed expressions.

Texts are kept as written; nothing is compiled or checked here. Every element
keeps where it stands, so that any later finding can name id and line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Where:
    """Place of an element: its id (or its nearest ancestor's) and its line."""

    element: str
    line: int


@dataclass(frozen=True, slots=True)
class Text:
    """A FEEL text, the place it stands at and the type it declares."""

    text: str
    where: Where
    type_ref: str | None = None


@dataclass(frozen=True, slots=True)
class Variable:
    """A named and perhaps typed slot: variable, parameter, column or information item."""

    name: str
    type_ref: str | None
    where: Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxed:
    """What every boxed expression has."""

    where: Where
    type_ref: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal(Boxed):
    """One FEEL expression."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextEntry:
    """A named entry, or the result entry when ``variable`` is None."""

    variable: Variable | None
    value: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxedContext(Boxed):
    """Entries evaluated in order, each seeing those before it."""

    entries: tuple[ContextEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxedList(Boxed):
    """A list of expressions."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Boxed):
    """A list of contexts written as a table."""

    columns: tuple[Variable, ...]
    rows: tuple[tuple[Expression, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """One named argument of an invocation."""

    parameter: Variable
    value: Expression | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invocation(Boxed):
    """A call of a function by named arguments."""

    callee: Expression
    bindings: tuple[Binding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionDefinition(Boxed):
    """A function value; ``kind`` is FEEL, Java or PMML."""

    kind: str
    parameters: tuple[Variable, ...]
    body: Expression | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditional(Boxed):
    """If, then, else."""

    condition: Expression
    then: Expression
    otherwise: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Iteration(Boxed):
    """``for``, ``some`` or ``every`` over one iterator."""

    kind: str
    variable: str
    source: Expression
    body: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter(Boxed):
    """The items of a list that match."""

    source: Expression
    match: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class InputClause:
    """A column of conditions."""

    where: Where
    label: str
    expression: Text
    type_ref: str | None
    allowed: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputClause:
    """A column of conclusions."""

    where: Where
    name: str
    label: str
    type_ref: str | None
    allowed: Text | None
    default: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: a condition per input, a conclusion per output, and remarks."""

    where: Where
    index: int
    conditions: tuple[Text, ...]
    conclusions: tuple[Text, ...]
    annotations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTable(Boxed):
    """A decision table; ``hit_policy`` is one letter, ``aggregation`` a sign or empty."""

    hit_policy: str
    aggregation: str
    inputs: tuple[InputClause, ...]
    outputs: tuple[OutputClause, ...]
    annotations: tuple[str, ...]
    rules: tuple[Rule, ...]


Expression: TypeAlias = (
    Literal
    | BoxedContext
    | BoxedList
    | Relation
    | Invocation
    | FunctionDefinition
    | Conditional
    | Iteration
    | Filter
    | DecisionTable
)
