"""Walks over every boxed expression of a model."""

from __future__ import annotations

from collections.abc import Iterator

from engine.dmn.definitions import Definitions
from engine.dmn.syntax import (
    BoxedContext,
    BoxedList,
    Conditional,
    DecisionTable,
    Expression,
    Filter,
    FunctionDefinition,
    Invocation,
    Iteration,
    Relation,
)


def tables_of(definitions: Definitions) -> Iterator[DecisionTable]:
    """Every decision table, however deep it stands."""
    pending: list[Expression | None] = [
        *(decision.logic for decision in definitions.decisions),
        *(knowledge.logic for knowledge in definitions.knowledge),
    ]
    while pending:
        expression = pending.pop(0)
        if isinstance(expression, DecisionTable):
            yield expression
        elif expression is not None:
            pending.extend(_parts(expression))


def _parts(expression: Expression) -> list[Expression | None]:
    match expression:
        case BoxedContext():
            return [entry.value for entry in expression.entries]
        case BoxedList():
            return [*expression.items]
        case Relation():
            return [cell for row in expression.rows for cell in row]
        case Invocation():
            return [expression.callee, *(binding.value for binding in expression.bindings)]
        case FunctionDefinition():
            return [expression.body]
        case Conditional():
            return [expression.condition, expression.then, expression.otherwise]
        case Iteration():
            return [expression.source, expression.body]
        case Filter():
            return [expression.source, expression.match]
        case _:
            return []
