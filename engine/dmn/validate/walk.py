"""Walks over every boxed expression of a model."""

from __future__ import annotations

from collections import deque
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


def expressions_of(definitions: Definitions) -> Iterator[Expression]:
    """Every boxed expression, however deep it stands."""
    pending: deque[Expression | None] = deque(decision.logic for decision in definitions.decisions)
    pending.extend(knowledge.logic for knowledge in definitions.knowledge)
    while pending:
        expression = pending.popleft()
        if expression is not None:
            yield expression
            pending.extend(_parts(expression))


def tables_of(definitions: Definitions) -> Iterator[DecisionTable]:
    """Every decision table."""
    for expression in expressions_of(definitions):
        if isinstance(expression, DecisionTable):
            yield expression


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
