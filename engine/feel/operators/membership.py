"""``in``: a value in a range, in a list, or equal to a value."""

from __future__ import annotations

from engine.feel.operators.equality import Spend, feel_equal
from engine.feel.operators.ordering import compare
from engine.feel.values.ranges import Range


def in_range(value: object, within: Range) -> bool | None:
    """True when the value lies between the ends; null when it cannot be compared with them."""
    if within.operator in ("=", "!="):
        equal = feel_equal(value, within.low)
        return equal if equal is None or within.operator == "=" else not equal
    if within.operator is None and (within.low is None or within.high is None):
        return None
    if within.low is not None:
        above = compare(">=" if within.low_closed else ">", value, within.low)
        if above is not True:
            return above
    if within.high is not None:
        return compare("<=" if within.high_closed else "<", value, within.high)
    return True


def _matches(value: object, item: object, spend: Spend | None) -> bool | None:
    """One entry of a list of tests: a range is tested, anything else must be equal."""
    if isinstance(item, Range) and not isinstance(value, Range):
        return in_range(value, item)
    return feel_equal(value, item, spend)


def is_in(value: object, test: object, spend: Spend | None = None) -> bool | None:
    """``value in test`` for one test that is already evaluated."""
    if not isinstance(test, list):
        return _matches(value, test, spend)
    if spend is not None:
        spend(len(test))
    if isinstance(value, list) and feel_equal(value, test, spend):
        return True
    # A list of lists is searched for the list itself, a list of ranges for a range that holds it.
    return any(_matches(value, item, spend) is True for item in test)
