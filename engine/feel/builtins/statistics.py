"""Functions on lists of numbers."""

from __future__ import annotations

from decimal import Decimal
from functools import reduce

from engine.feel.builtins.registry import builtin
from engine.feel.decimals import CONTEXT, ONE, TWO, ZERO, calculate
from engine.feel.errors import NoValue

Numbers = list[Decimal]


def _some(name: str, numbers: Numbers) -> Numbers:
    if not numbers:
        raise NoValue(f"{name}: the list is empty", "list")
    return numbers


def _sum(numbers: Numbers) -> Decimal:
    return calculate(lambda: reduce(CONTEXT.add, numbers, ZERO))


def _mean(numbers: Numbers) -> Decimal:
    return calculate(CONTEXT.divide, _sum(numbers), Decimal(len(numbers)))


@builtin("sum(list: list of numbers...)")
def sum_(numbers: Numbers) -> Decimal:
    """All numbers added; of none there is no sum."""
    return _sum(_some("sum", numbers))


@builtin("product(list: list of numbers...)")
def product(numbers: Numbers) -> Decimal:
    """All numbers multiplied."""
    some = _some("product", numbers)
    return calculate(lambda: reduce(CONTEXT.multiply, some, ONE))


@builtin("mean(list: list of numbers...)")
def mean(numbers: Numbers) -> Decimal:
    """The arithmetic mean."""
    return _mean(_some("mean", numbers))


@builtin("median(list: list of numbers...)")
def median(numbers: Numbers) -> Decimal:
    """The middle number, or the mean of the two in the middle."""
    ordered = sorted(_some("median", numbers))
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return _mean(ordered[middle - 1 : middle + 1])


@builtin("stddev(list: list of numbers...)")
def stddev(numbers: Numbers) -> Decimal:
    """The standard deviation of a sample; needs two numbers at least."""
    if len(numbers) < 2:
        raise NoValue("stddev: a deviation needs two numbers at least", "list")
    centre = _mean(numbers)
    squares = [
        calculate(lambda n=n: CONTEXT.power(CONTEXT.subtract(n, centre), TWO)) for n in numbers
    ]
    return calculate(CONTEXT.sqrt, CONTEXT.divide(_sum(squares), Decimal(len(numbers) - 1)))


@builtin("mode(list: list of numbers...)")
def mode(numbers: Numbers) -> list[Decimal]:
    """The most frequent numbers, in ascending order."""
    counts: dict[Decimal, int] = {}
    for number in numbers:
        counts[number] = counts.get(number, 0) + 1
    most = max(counts.values(), default=0)
    return sorted(number for number, times in counts.items() if times == most)
