"""Conjunction, disjunction, comparison, ``between``, ``if``: three values everywhere."""

from __future__ import annotations

from decimal import Decimal

from engine.feel.compiler.core import Compiler, Evaluate, compiles
from engine.feel.evaluation import Scope
from engine.feel.operators.equality import feel_equal
from engine.feel.operators.ordering import COMPARISONS, compare
from engine.feel.syntax.nodes import Between, Comparison, If, Junction
from engine.feel.values.kinds import type_of

_FAST = frozenset({Decimal, str})


@compiles(Junction)
def compile_junction(compiler: Compiler, node: Junction) -> Evaluate:
    """``and`` ends at the first false, ``or`` at the first true; the rest must be booleans."""
    operands = [compiler.compile(operand) for operand in node.operands]
    decisive = node.operator == "or"
    position = node.start

    def junction(scope: Scope) -> object:
        result: bool | None = not decisive
        for operand in operands:
            value = operand(scope)
            if value is decisive:
                return decisive
            if value is None or type(value) is not bool:
                result = None
        if result is None:
            scope.run.warn(position, "operands", f"an operand of '{node.operator}' is no boolean")
        return result

    return junction


@compiles(Comparison)
def compile_comparison(compiler: Compiler, node: Comparison) -> Evaluate:
    """``= != < <= > >=``; null when the operands cannot be compared."""
    left, right = compiler.compile(node.left), compiler.compile(node.right)
    if node.operator in ("=", "!="):
        return _equality(node, left, right)
    operator, quick = node.operator, COMPARISONS[node.operator]

    def comparison(scope: Scope) -> object:
        one, other = left(scope), right(scope)
        if type(one) is type(other) and type(one) in _FAST:
            return quick(one, other)
        result = compare(operator, one, other)
        if result is None:
            _warn_incomparable(scope, node, one, other)
        return result

    return comparison


def _equality(node: Comparison, left: Evaluate, right: Evaluate) -> Evaluate:
    wanted = node.operator == "="

    def equality(scope: Scope) -> object:
        one, other = left(scope), right(scope)
        if type(one) is type(other) and type(one) in _FAST:
            return (one == other) is wanted
        result = feel_equal(one, other, scope.run.spend)
        if result is None:
            _warn_incomparable(scope, node, one, other)
            return None
        return result is wanted

    return equality


def _warn_incomparable(scope: Scope, node: Comparison, one: object, other: object) -> None:
    pair = f"{type_of(one)} {node.operator} {type_of(other)}"
    scope.run.warn(node.start, "operands", f"{pair} cannot be compared")


@compiles(Between)
def compile_between(compiler: Compiler, node: Between) -> Evaluate:
    """``low <= value and value <= high``."""
    value, low, high = map(compiler.compile, (node.value, node.low, node.high))

    def between(scope: Scope) -> object:
        tested = value(scope)
        above = compare(">=", tested, low(scope))
        below = compare("<=", tested, high(scope))
        if above is None or below is None:
            scope.run.warn(node.start, "operands", "the operands of 'between' cannot be compared")
            return None
        return above and below

    return between


@compiles(If)
def compile_if(compiler: Compiler, node: If) -> Evaluate:
    """The first result whose condition is true; null and non-booleans count as false."""
    branches = [
        (compiler.compile(condition), compiler.compile(result))
        for condition, result in zip(node.conditions, node.results, strict=True)
    ]
    otherwise = compiler.compile(node.otherwise)

    def choose(scope: Scope) -> object:
        for condition, result in branches:
            if condition(scope) is True:
                return result(scope)
        return otherwise(scope)

    return choose
