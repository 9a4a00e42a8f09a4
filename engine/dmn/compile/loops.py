"""Compiles boxed conditionals, iterators and filters, with the meaning of their FEEL twins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.dmn.run import Node, Run, Scope
from engine.dmn.syntax import Conditional, Filter, Iteration, Where

if TYPE_CHECKING:
    from engine.dmn.compile.compiler import Compiler


def compile_conditional(
    compiler: Compiler, conditional: Conditional, names: frozenset[str]
) -> Node:
    """False and null take the else branch; what is no boolean has no value."""
    condition = compiler.node(conditional.condition, names)
    then = compiler.node(conditional.then, names)
    otherwise = compiler.node(conditional.otherwise, names)
    where = conditional.where

    def evaluate(scope: Scope, run: Run) -> object:
        value = condition(scope, run)
        if value is not None and not isinstance(value, bool):
            run.note(where, "type", "the condition is no boolean")
            return None
        return then(scope, run) if value is True else otherwise(scope, run)

    return evaluate


def compile_iteration(compiler: Compiler, iteration: Iteration, names: frozenset[str]) -> Node:
    """``for``, ``some`` and ``every``; the body sees the item and, in ``for``, ``partial``."""
    source = compiler.node(iteration.source, names)
    variable = iteration.variable
    outside, compiler.used = compiler.used, set()
    body = compiler.node(iteration.body, names | {variable, "partial"})
    # The results so far are copied for each item only when the body asks for them.
    wants_partial = "partial" in compiler.used
    compiler.used |= outside
    where = iteration.where
    finish = _QUANTIFIED.get(iteration.kind)

    def evaluate(scope: Scope, run: Run) -> object:
        items = _items(source(scope, run), where, run)
        if items is None:
            return None
        results: list[object] = []
        for item in items:
            inner = {**scope, variable: item}
            if wants_partial:
                run.feel.spend(len(results))
                inner["partial"] = results[:]
            results.append(body(inner, run))
        if finish is None:
            return results
        if any(result is not None and not isinstance(result, bool) for result in results):
            run.note(where, "type", "the condition is no boolean")
            return None
        return finish(results)

    return evaluate


def _items(value: object, where: Where, run: Run) -> list[object] | None:
    if value is None or isinstance(value, dict):
        run.note(where, "type", "what is iterated over is no list")
        return None
    items = value if isinstance(value, list) else [value]
    run.feel.sized(len(items))
    return items


def _some(results: list[object]) -> bool | None:
    if any(result is True for result in results):
        return True
    return False if all(result is False for result in results) else None


def _every(results: list[object]) -> bool | None:
    if any(result is False for result in results):
        return False
    return True if all(result is True for result in results) else None


_QUANTIFIED = {"some": _some, "every": _every}


def compile_filter(compiler: Compiler, boxed: Filter, names: frozenset[str]) -> Node:
    """The items for which the match is true; entries of a context item are in sight."""
    source = compiler.node(boxed.source, names)
    match = compiler.node(boxed.match, names | {"item"})
    where = boxed.where

    def evaluate(scope: Scope, run: Run) -> object:
        value = source(scope, run)
        if value is None:
            return None
        items = value if isinstance(value, list) else [value]
        run.feel.sized(len(items))
        kept = []
        for item in items:
            entries = item if isinstance(item, dict) else {}
            verdict = match({**scope, "item": item, **entries}, run)
            if verdict is not None and not isinstance(verdict, bool):
                run.note(where, "type", "the match is no boolean")
                return None
            if verdict is True:
                kept.append(item)
        return kept

    return evaluate
