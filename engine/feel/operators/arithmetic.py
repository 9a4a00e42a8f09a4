"""``+ - * / **`` on numbers, texts and temporal values.

Raises ``NoValue`` for pairs of types the standard gives no meaning.
"""

from __future__ import annotations

import decimal
from collections.abc import Callable
from decimal import Decimal

from engine.feel.decimals import CONTEXT, reason_of
from engine.feel.errors import NoValue
from engine.feel.operators.temporal import (
    add_temporal,
    divide_temporal,
    multiply_temporal,
    subtract_temporal,
)
from engine.feel.values.kinds import type_of

_WORDS = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide", "**": "raise"}


def _no_meaning(operator: str, left: object, right: object) -> NoValue:
    pair = f"{type_of(left)} {operator} {type_of(right)}"
    return NoValue(f"{pair} has no meaning in FEEL (cannot {_WORDS[operator]})", "operands")


def add(left: object, right: object) -> object:
    """``left + right``; texts are joined."""
    if type(left) is str and type(right) is str:
        return left + right
    return _temporal(add_temporal, "+", left, right)


def subtract(left: object, right: object) -> object:
    """``left - right``."""
    return _temporal(subtract_temporal, "-", left, right)


def multiply(left: object, right: object) -> object:
    """``left * right``."""
    return _temporal(multiply_temporal, "*", left, right)


def divide(left: object, right: object) -> object:
    """``left / right``."""
    return _temporal(divide_temporal, "/", left, right)


def power(left: object, right: object) -> object:
    """``left ** right``, numbers only."""
    raise _no_meaning("**", left, right)


def _temporal(
    operation: Callable[[object, object], object], sign: str, left: object, right: object
) -> object:
    result = None
    if left is not None and right is not None:
        try:
            result = operation(left, right)
        except decimal.DecimalException as error:
            raise NoValue(reason_of(error), "number") from None
    if result is None:
        raise _no_meaning(sign, left, right)
    return result


def power_of(base: Decimal, exponent: Decimal) -> Decimal:
    """A power in bounded time; the context refuses what is too large."""
    result = CONTEXT.power(base, exponent)
    if not result.is_finite():
        raise decimal.DivisionByZero
    return result


ARITHMETIC: dict[
    str, tuple[Callable[[Decimal, Decimal], Decimal], Callable[[object, object], object]]
] = {
    "+": (CONTEXT.add, add),
    "-": (CONTEXT.subtract, subtract),
    "*": (CONTEXT.multiply, multiply),
    "/": (CONTEXT.divide, divide),
    "**": (power_of, power),
}


def negate(value: object) -> object:
    """``-value`` for numbers and durations."""
    if type(value) is Decimal:
        return CONTEXT.minus(value)
    negated = multiply_temporal(value, Decimal(-1))
    if negated is None:
        raise NoValue(f"{type_of(value)} cannot be negated", "operands")
    return negated
