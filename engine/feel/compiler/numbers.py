"""Arithmetic: numbers on a short road, everything else by the operators' rules."""

from __future__ import annotations

import decimal
from collections.abc import Callable
from decimal import Decimal

from engine.feel.compiler.core import Compiler, Evaluate, compiles
from engine.feel.decimals import reason_of
from engine.feel.errors import NoValue
from engine.feel.evaluation import Scope
from engine.feel.operators.arithmetic import ARITHMETIC, negate
from engine.feel.syntax.nodes import Arithmetic, Literal, Negation

_Step = tuple[Callable[[Decimal, Decimal], Decimal], Callable[[object, object], object], Evaluate]
_FREE_LENGTH = 64


@compiles(Arithmetic)
def compile_arithmetic(compiler: Compiler, node: Arithmetic) -> Evaluate:
    """A chain of operations of one precedence, from the left."""
    first = compiler.compile(node.operands[0])
    steps: list[_Step] = [
        (*ARITHMETIC[operator], compiler.compile(operand))
        for operator, operand in zip(node.operators, node.operands[1:], strict=True)
    ]
    position = node.start
    if len(steps) == 1:
        return _one_operation(first, *steps[0], position)

    def arithmetic(scope: Scope) -> object:
        value = first(scope)
        try:
            for numeric, general, operand in steps:
                other = operand(scope)
                if type(value) is Decimal and type(other) is Decimal:
                    value = numeric(value, other)
                else:
                    value = _general(scope, general, value, other)
        except decimal.DecimalException as error:
            scope.run.warn(position, "number", reason_of(error))
            return None
        except NoValue as nothing:
            scope.run.warn(position, nothing.code, nothing.reason)
            return None
        return value

    return arithmetic


def _one_operation(
    first: Evaluate,
    numeric: Callable[[Decimal, Decimal], Decimal],
    general: Callable[[object, object], object],
    second: Evaluate,
    position: int,
) -> Evaluate:
    """The short road for a chain of two operands."""

    def operation(scope: Scope) -> object:
        value, other = first(scope), second(scope)
        try:
            if type(value) is Decimal and type(other) is Decimal:
                return numeric(value, other)
            return _general(scope, general, value, other)
        except decimal.DecimalException as error:
            scope.run.warn(position, "number", reason_of(error))
        except NoValue as nothing:
            scope.run.warn(position, nothing.code, nothing.reason)
        return None

    return operation


def _general(
    scope: Scope, general: Callable[[object, object], object], value: object, other: object
) -> object:
    if type(value) is str and type(other) is str:
        length = len(value) + len(other)
        if length > _FREE_LENGTH:
            scope.run.lettered(length)
    return general(value, other)


@compiles(Negation)
def compile_negation(compiler: Compiler, node: Negation) -> Evaluate:
    """``-value``."""
    if isinstance(node.operand, Literal) and type(node.operand.value) is Decimal:
        constant = negate(node.operand.value)
        return lambda _scope: constant
    operand, position = compiler.compile(node.operand), node.start

    def negation(scope: Scope) -> object:
        try:
            return negate(operand(scope))
        except NoValue as nothing:
            scope.run.warn(position, nothing.code, nothing.reason)
            return None

    return negation
