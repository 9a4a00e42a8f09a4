"""What a loop runs over: the items of a list, the numbers or days of a range.

A range between two ends may run down; a range literal may not, and both ends
must be whole numbers or dates.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from engine.feel.decimals import is_integer, to_int
from engine.feel.errors import NoValue
from engine.feel.evaluation import Evaluation
from engine.feel.values.dates import FeelDate, date_of_day_number
from engine.feel.values.kinds import type_of
from engine.feel.values.ranges import Range


def items_of(value: object, run: Evaluation) -> Iterable[object]:
    """Items of a list, values of a range, or the value alone."""
    if isinstance(value, list):
        return value
    if isinstance(value, Range):
        return _items_of_range(value, run)
    if value is None:
        raise NoValue("there is no list to go through, it is null", "loop")
    return [value]


def items_between(first: object, last: object, run: Evaluation) -> Iterable[object]:
    """``first..last``, up or down, both ends included."""
    start, end = _ordinal(first), _ordinal(last)
    if start is None or end is None or type(first) is not type(last):
        pair = f"{type_of(first)}..{type_of(last)}"
        raise NoValue(f"a loop runs over whole numbers or dates, not over {pair}", "loop")
    run.sized(abs(end - start) + 1)
    numbers = range(start, end + 1) if start <= end else range(start, end - 1, -1)
    if isinstance(first, FeelDate):
        return map(date_of_day_number, numbers)
    return map(Decimal, numbers)


def _items_of_range(value: Range, run: Evaluation) -> Iterable[object]:
    low, high = _ordinal(value.low), _ordinal(value.high)
    if low is None or high is None:
        raise NoValue("a loop runs over ranges of whole numbers or dates only", "loop")
    low, high = low + (not value.low_closed), high - (not value.high_closed)
    if low > high:
        return ()
    first: object = date_of_day_number(low) if isinstance(value.low, FeelDate) else Decimal(low)
    last: object = date_of_day_number(high) if isinstance(value.low, FeelDate) else Decimal(high)
    return items_between(first, last, run)


def _ordinal(value: object) -> int | None:
    if isinstance(value, FeelDate):
        return value.day_number
    if isinstance(value, Decimal) and is_integer(value):
        return to_int(value)
    return None
