"""Compiles boxed expressions: literals, contexts, lists, relations; others by their modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.dmn.compile.functions import compile_function, compile_invocation
from engine.dmn.compile.loops import compile_conditional, compile_filter, compile_iteration
from engine.dmn.compile.tables import compile_table
from engine.dmn.run import Node, Run, Scope
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
    Literal,
    Relation,
)

if TYPE_CHECKING:
    from engine.dmn.compile.compiler import Compiler


def compile_boxed(compiler: Compiler, expression: Expression, names: frozenset[str]) -> Node:
    """The closure of a boxed expression, before its declared type is applied."""
    match expression:
        case Literal():
            return compiler.text(expression.text, expression.where, names, "expression")
        case BoxedContext():
            return _context(compiler, expression, names)
        case BoxedList():
            return _list(compiler, expression, names)
        case Relation():
            return _relation(compiler, expression, names)
        case Invocation():
            return compile_invocation(compiler, expression, names)
        case FunctionDefinition():
            return compile_function(compiler, expression, names)
        case Conditional():
            return compile_conditional(compiler, expression, names)
        case Iteration():
            return compile_iteration(compiler, expression, names)
        case Filter():
            return compile_filter(compiler, expression, names)
        case DecisionTable():
            return compile_table(compiler, expression, names)


def _context(compiler: Compiler, context: BoxedContext, names: frozenset[str]) -> Node:
    entries: list[tuple[str, Node]] = []
    result: Node | None = None
    for entry in context.entries:
        variable = entry.variable
        if variable is None:
            result = compiler.node(entry.value, names)
            continue
        # A function may call itself, so an entry sees its own name as well.
        names |= {variable.name}
        what = f"entry '{variable.name}'"
        node = compiler.node(entry.value, names)
        node = compiler.typed(node, variable.type_ref, variable.where, what)
        entries.append((variable.name, node))

    def evaluate(scope: Scope, run: Run) -> object:
        inner = dict(scope)
        for name, node in entries:
            inner[name] = node(inner, run)
        if result is not None:
            return result(inner, run)
        return {name: inner[name] for name, _ in entries}

    return evaluate


def _list(compiler: Compiler, boxed: BoxedList, names: frozenset[str]) -> Node:
    items = [compiler.node(item, names) for item in boxed.items]
    return lambda scope, run: [item(scope, run) for item in items]


def _relation(compiler: Compiler, relation: Relation, names: frozenset[str]) -> Node:
    rows = [
        [
            (
                column.name,
                compiler.typed(
                    compiler.node(cell, names),
                    column.type_ref,
                    cell.where,
                    f"row {number}, column '{column.name}'",
                ),
            )
            for column, cell in zip(relation.columns, row, strict=False)
        ]
        for number, row in enumerate(relation.rows, 1)
    ]
    return lambda scope, run: [{name: cell(scope, run) for name, cell in row} for row in rows]
