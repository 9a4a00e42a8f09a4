"""FEEL numbers: decimals of 34 digits, rounded half to even, in a context of our own.

Never touches the thread's decimal context. Numbers out of range, NaN and
infinity do not exist in FEEL; making one raises ``NoValue``.
"""

from __future__ import annotations

import decimal
from collections.abc import Callable
from decimal import Decimal

from engine.feel.errors import NoValue

PRECISION = 34
EXPONENT_LIMIT = 6144

CONTEXT = decimal.Context(
    prec=PRECISION,
    rounding=decimal.ROUND_HALF_EVEN,
    Emin=-EXPONENT_LIMIT,
    Emax=EXPONENT_LIMIT,
    capitals=1,
    clamp=0,
    flags=[],
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)

ZERO = Decimal(0)
ONE = Decimal(1)
TWO = Decimal(2)

_REASONS: dict[type[decimal.DecimalException], str] = {
    decimal.DivisionByZero: "division by zero has no value",
    decimal.DivisionUndefined: "division by zero has no value",
    decimal.Overflow: "the number is larger than FEEL can hold",
}


def reason_of(error: decimal.DecimalException) -> str:
    """Why a decimal operation has no value, in words."""
    return _REASONS.get(type(error), "the operation has no numeric value")


def calculate(operation: Callable[..., Decimal], *operands: object) -> Decimal:
    """Run an operation of ``CONTEXT``, turning decimal signals into ``NoValue``."""
    try:
        return operation(*operands)
    except decimal.DecimalException as error:
        raise NoValue(reason_of(error), "number") from None


def parse_decimal(text: str) -> Decimal:
    """Decimal of a text that is known to be a numeral, rounded to 34 digits."""
    value = calculate(CONTEXT.create_decimal, text)
    if not value.is_finite():
        raise NoValue("the text is no number", "number")
    return value


def of_int(value: int) -> Decimal:
    """Decimal of an integer, rounded to 34 digits."""
    if -(10**PRECISION) < value < 10**PRECISION:
        return Decimal(value)
    if value.bit_length() > 4 * EXPONENT_LIMIT:
        raise NoValue("the number is larger than FEEL can hold", "number")
    return calculate(CONTEXT.create_decimal, value)


def to_int(value: Decimal) -> int:
    """Integer part; refuses numbers too large to be a position, scale or count."""
    if value.adjusted() > PRECISION:
        raise NoValue("the number is too large here", "number")
    return int(value)


def is_integer(value: Decimal) -> bool:
    """True when nothing stands behind the decimal point."""
    return value == value.to_integral_value()


def text_of(value: Decimal) -> str:
    """The number as FEEL prints it: equal numbers alike, no exponent for usual sizes."""
    if value == 0:
        return "0"
    if not -PRECISION <= value.adjusted() <= PRECISION:
        return str(CONTEXT.normalize(value)).replace("E+", "e").replace("E", "e")
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
