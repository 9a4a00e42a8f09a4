"""FEEL values as JSON-like data: temporal values become ISO texts, numbers stay decimals."""

from __future__ import annotations

from decimal import Decimal

from engine.feel.errors import FeelError
from engine.feel.operators.equality import Spend, counting
from engine.feel.values.dates import FeelDate
from engine.feel.values.durations import DaysDuration, MonthsDuration
from engine.feel.values.kinds import type_of
from engine.feel.values.times import FeelDateTime, FeelTime

_DEPTH_LIMIT = 100


def to_json(value: object) -> object:
    """Data for a JSON encoder that writes ``Decimal`` as it is.

    Raises ``FeelError`` for ranges and functions: neither can be a variable.
    """
    return plain(value, counting())


def plain(value: object, spend: Spend, depth: int = 0) -> object:
    """The same, each part paid for."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, Decimal):
        return value
    if isinstance(value, FeelDate | FeelTime | FeelDateTime | MonthsDuration | DaysDuration):
        return str(value)
    if depth > _DEPTH_LIMIT:
        raise FeelError(f"The value is nested more than {_DEPTH_LIMIT} levels deep.")
    if isinstance(value, list):
        spend(1 + len(value))
        return [plain(item, spend, depth + 1) for item in value]
    if isinstance(value, dict):
        spend(1 + len(value))
        return {key: plain(item, spend, depth + 1) for key, item in value.items()}
    raise FeelError(f"A {type_of(value)} cannot be kept as a variable; keep its parts instead.")
