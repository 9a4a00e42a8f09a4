"""``=`` with three values, and ``is()`` that also looks at the zone.

Lists may share items, so a comparison can be far longer than the text that
asks for it: it is paid for item by item through ``spend``.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from engine.feel.errors import FeelLimitError
from engine.feel.values.dates import FeelDate
from engine.feel.values.durations import DaysDuration, MonthsDuration
from engine.feel.values.functions import FeelFunction
from engine.feel.values.kinds import type_of
from engine.feel.values.ranges import Range
from engine.feel.values.times import FeelDateTime, FeelTime

Spend = Callable[[int], None]
_PLAIN = frozenset({Decimal, str, bool, FeelDate, DaysDuration, MonthsDuration})
_ALONE_LIMIT = 1_000_000


def counting(limit: int = _ALONE_LIMIT) -> Spend:
    """A budget for a walk over a value outside of any evaluation."""
    left = limit

    def spend(steps: int) -> None:
        nonlocal left
        left -= steps
        if left < 0:
            raise FeelLimitError(f"The value has more than {limit} parts.")

    return spend


def feel_equal(left: object, right: object, spend: Spend | None = None) -> bool | None:
    """True, false, or null when the two cannot be compared."""
    if left is None or right is None:
        return left is right
    kind = type(left)
    if kind is not type(right):
        return None
    if kind in _PLAIN:
        return bool(left == right)
    if kind is list or kind is dict:
        return _deep(left, right, spend) if spend else _deep_alone(left, right)
    return _others_equal(left, right)


def _deep_alone(left: object, right: object) -> bool | None:
    try:
        return _deep(left, right, counting())
    except RecursionError:
        raise FeelLimitError("The value is nested too deeply to be compared.") from None


def _deep(left: object, right: object, spend: Spend) -> bool | None:
    if isinstance(left, list) and isinstance(right, list):
        spend(1 + min(len(left), len(right)))
        return len(left) == len(right) and all(
            feel_equal(one, other, spend) is True for one, other in zip(left, right, strict=True)
        )
    if isinstance(left, dict) and isinstance(right, dict):
        spend(1 + min(len(left), len(right)))
        return left.keys() == right.keys() and all(
            feel_equal(value, right[name], spend) is True for name, value in left.items()
        )
    return None


def _others_equal(left: object, right: object) -> bool | None:
    if isinstance(left, FeelTime | FeelDateTime) and isinstance(right, FeelTime | FeelDateTime):
        return left.has_zone == right.has_zone and left.order_key == right.order_key
    if isinstance(left, Range) and isinstance(right, Range):
        return _ranges_equal(left, right)
    if isinstance(left, FeelFunction):
        return left is right
    return None


def _ranges_equal(left: Range, right: Range) -> bool:
    same_ends = (left.low_closed, left.high_closed, left.operator) == (
        right.low_closed,
        right.high_closed,
        right.operator,
    )
    return (
        same_ends
        and feel_equal(left.low, right.low) is True
        and feel_equal(left.high, right.high) is True
    )


def feel_is(left: object, right: object, spend: Spend | None = None) -> bool:
    """The same value of the same type, zone included."""
    if type_of(left) != type_of(right):
        return False
    if isinstance(left, FeelTime | FeelDateTime):
        return left == right
    return feel_equal(left, right, spend) is True
