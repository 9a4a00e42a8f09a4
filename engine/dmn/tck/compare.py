"""Compares a result with what the kit expects: same type, numbers to 1e-8."""

from __future__ import annotations

from decimal import Decimal

from engine.feel import feel_equal

TOLERANCE = Decimal("0.00000001")


def same(expected: object, actual: object) -> bool:
    """True when ``actual`` is the expected value."""
    if expected is None or actual is None:
        return expected is actual
    if isinstance(expected, Decimal) and isinstance(actual, Decimal):
        return abs(expected - actual) < TOLERANCE
    if isinstance(expected, list) and isinstance(actual, list):
        return len(expected) == len(actual) and all(map(same, expected, actual))
    if isinstance(expected, dict) and isinstance(actual, dict):
        return expected.keys() == actual.keys() and all(
            same(value, actual[name]) for name, value in expected.items()
        )
    return type(expected) is type(actual) and feel_equal(expected, actual) is True
