"""``<``, ``<=``, ``>``, ``>=``: only values of one ordered type compare, else null."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from operator import ge, gt, le, lt
from typing import Any

from engine.feel.values.dates import FeelDate
from engine.feel.values.durations import DaysDuration, MonthsDuration
from engine.feel.values.times import MIDNIGHT, MIDNIGHT_UTC, FeelDateTime, FeelTime

_PLAIN = frozenset({Decimal, str, FeelDate, DaysDuration, MonthsDuration})

_Sides = Callable[[Any, Any], bool]
COMPARISONS: dict[str, _Sides] = {"<": lt, "<=": le, ">": gt, ">=": ge}


def comparable(left: object, right: object) -> tuple[object, object] | None:
    """Keys that Python's operators order as FEEL does, or None."""
    kind = type(left)
    if kind is type(right):
        if kind in _PLAIN:
            return left, right
        if isinstance(left, FeelTime | FeelDateTime) and isinstance(right, FeelTime | FeelDateTime):
            return (left.order_key, right.order_key) if left.has_zone == right.has_zone else None
        return None
    return _mixed(left, right)


def _mixed(left: object, right: object) -> tuple[object, object] | None:
    """A date beside a date and time counts as its midnight, in UTC if the other has a zone."""
    if isinstance(left, FeelDate) and isinstance(right, FeelDateTime):
        return at_midnight(left, right).order_key, right.order_key
    if isinstance(left, FeelDateTime) and isinstance(right, FeelDate):
        return left.order_key, at_midnight(right, left).order_key
    return None


def at_midnight(date: FeelDate, beside: FeelDateTime) -> FeelDateTime:
    """The date as a point in time that is comparable with another."""
    return FeelDateTime(date, MIDNIGHT_UTC if beside.has_zone else MIDNIGHT)


def compare(operator: str, left: object, right: object) -> bool | None:
    """Value of a comparison by its sign; null when the two have no order."""
    keys = comparable(left, right)
    return None if keys is None else COMPARISONS[operator](*keys)


def sign_of(left: object, right: object) -> int | None:
    """-1, 0 or 1, or null when the two have no order."""
    keys = comparable(left, right)
    if keys is None:
        return None
    one, other = keys
    if COMPARISONS["<"](one, other):
        return -1
    return 1 if COMPARISONS[">"](one, other) else 0
