"""Functions on numbers."""

from __future__ import annotations

import decimal
from decimal import Decimal

from engine.feel.builtins.registry import builtin
from engine.feel.decimals import CONTEXT, EXPONENT_LIMIT, ONE, TWO, calculate, is_integer, to_int
from engine.feel.errors import NoValue
from engine.feel.operators.temporal import days_duration, months_duration
from engine.feel.values.durations import DaysDuration, MonthsDuration


def _rounded(number: Decimal, scale: Decimal | None, mode: str) -> Decimal:
    places = to_int(scale) if scale is not None else 0
    if not -EXPONENT_LIMIT + 33 <= places <= EXPONENT_LIMIT + 32:
        raise NoValue("the scale must lie between -6111 and 6176", "number")
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= places:
        return number
    return _plain(number.quantize(Decimal((0, (1,), -places)), mode, _WIDE))


# Rounding a number of 34 digits to a place left of them must not overflow the precision.
_WIDE = decimal.Context(prec=7000, Emin=-99999, Emax=99999, traps=[decimal.InvalidOperation])


def _plain(number: Decimal) -> Decimal:
    """A number without a positive exponent, so that it prints as digits."""
    value = calculate(CONTEXT.plus, number)
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent > 0 and value.adjusted() < 34:
        return value.quantize(ONE, context=CONTEXT)
    return value


@builtin("decimal(n: number, scale: number)")
def decimal_(number: Decimal, scale: Decimal) -> Decimal:
    """Rounded to so many places, half to even."""
    return _rounded(number, scale, decimal.ROUND_HALF_EVEN)


@builtin("floor(n: number)", "floor(n: number, scale: number)")
def floor(number: Decimal, scale: Decimal | None = None) -> Decimal:
    """Rounded down, towards minus infinity."""
    return _rounded(number, scale, decimal.ROUND_FLOOR)


@builtin("ceiling(n: number)", "ceiling(n: number, scale: number)")
def ceiling(number: Decimal, scale: Decimal | None = None) -> Decimal:
    """Rounded up, towards infinity."""
    return _rounded(number, scale, decimal.ROUND_CEILING)


@builtin("round up(n: number, scale: number)")
def round_up(number: Decimal, scale: Decimal) -> Decimal:
    """Rounded away from zero."""
    return _rounded(number, scale, decimal.ROUND_UP)


@builtin("round down(n: number, scale: number)")
def round_down(number: Decimal, scale: Decimal) -> Decimal:
    """Rounded towards zero."""
    return _rounded(number, scale, decimal.ROUND_DOWN)


@builtin("round half up(n: number, scale: number)")
def round_half_up(number: Decimal, scale: Decimal) -> Decimal:
    """Rounded to nearest, halves away from zero."""
    return _rounded(number, scale, decimal.ROUND_HALF_UP)


@builtin("round half down(n: number, scale: number)")
def round_half_down(number: Decimal, scale: Decimal) -> Decimal:
    """Rounded to nearest, halves towards zero."""
    return _rounded(number, scale, decimal.ROUND_HALF_DOWN)


@builtin("abs(n: number or duration)")
def abs_(number: Decimal | DaysDuration | MonthsDuration) -> object:
    """Without its sign."""
    if isinstance(number, DaysDuration):
        return days_duration(abs(number.nanos))
    if isinstance(number, MonthsDuration):
        return months_duration(abs(number.months))
    return CONTEXT.abs(number)


@builtin("modulo(dividend: number, divisor: number)")
def modulo(dividend: Decimal, divisor: Decimal) -> Decimal:
    """Remainder with the sign of the divisor: ``a - b * floor(a / b)``."""
    if divisor == 0:
        raise NoValue("modulo: division by zero has no value", "number")
    if abs(dividend.adjusted() - divisor.adjusted()) > 200:
        raise NoValue("modulo: the numbers differ too much in size", "number")
    remainder = _REMAINDER.remainder(dividend, divisor)
    if remainder and (remainder < 0) != (divisor < 0):
        remainder = _REMAINDER.add(remainder, divisor)
    return calculate(CONTEXT.plus, remainder)


_REMAINDER = decimal.Context(prec=400, Emin=-99999, Emax=99999, traps=[decimal.InvalidOperation])


@builtin("sqrt(number: number)")
def sqrt(number: Decimal) -> Decimal:
    """Square root; negative numbers have none."""
    return _plain(calculate(CONTEXT.sqrt, number))


@builtin("log(number: number)")
def log(number: Decimal) -> Decimal:
    """Natural logarithm; only of positive numbers."""
    if number <= 0:
        raise NoValue("log: only positive numbers have a logarithm", "number")
    return calculate(CONTEXT.ln, number)


@builtin("exp(number: number)")
def exp(number: Decimal) -> Decimal:
    """Euler's number to this power."""
    return calculate(CONTEXT.exp, number)


@builtin("odd(number: number)")
def odd(number: Decimal) -> bool:
    """Whether a whole number is odd."""
    return is_integer(number) and abs(_REMAINDER.remainder(_small(number), TWO)) == 1


@builtin("even(number: number)")
def even(number: Decimal) -> bool:
    """Whether a whole number is even."""
    return is_integer(number) and _REMAINDER.remainder(_small(number), TWO) == 0


def _small(number: Decimal) -> Decimal:
    # Beyond the digits held there is no odd number.
    return number if number.adjusted() < 300 else TWO
