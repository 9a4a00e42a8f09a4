"""Values as text: what ``string()`` gives, and FEEL literals."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from engine.feel.decimals import text_of
from engine.feel.errors import FeelError
from engine.feel.operators.equality import Spend, counting
from engine.feel.syntax.names import KEYWORDS
from engine.feel.syntax.tokens import is_simple_name
from engine.feel.values.dates import FeelDate
from engine.feel.values.durations import DaysDuration, MonthsDuration
from engine.feel.values.functions import FeelFunction
from engine.feel.values.kinds import type_of
from engine.feel.values.ranges import Range
from engine.feel.values.times import FeelDateTime, FeelTime

_ESCAPES = str.maketrans({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_TEMPORAL = (FeelDate, FeelTime, FeelDateTime, MonthsDuration, DaysDuration)
_DEPTH_LIMIT = 150


def string_of(value: object, spend: Spend | None = None) -> str:
    """Text of a value: a string as it is, inside lists and contexts in quotes."""
    if isinstance(value, str):
        return value
    return _written(value, spend or counting(), 0, literal=False)


def feel_literal(value: object) -> str:
    """The value written so that FEEL reads it back; ``FeelError`` for functions."""
    if isinstance(value, FeelFunction):
        raise FeelError("A function cannot be written as a literal.")
    return _written(value, counting(), 0, literal=True)


def _written(value: object, spend: Spend, depth: int, *, literal: bool) -> str:
    if isinstance(value, str):
        spend(1 + len(value) // 64)
        return f'"{value.translate(_ESCAPES)}"'
    if isinstance(value, Decimal):
        return text_of(value)
    if isinstance(value, _TEMPORAL):
        return f'@"{value}"' if literal else str(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return _composed(value, spend, depth, literal)


def _composed(value: object, spend: Spend, depth: int, literal: bool) -> str:
    if depth > _DEPTH_LIMIT:
        raise FeelError(f"The value is nested more than {_DEPTH_LIMIT} levels deep.")

    def inner(item: object) -> str:
        return _written(item, spend, depth + 1, literal=literal)

    if isinstance(value, list):
        spend(1 + len(value))
        return f"[{', '.join(map(inner, value))}]"
    if isinstance(value, dict):
        spend(1 + len(value))
        return "{" + ", ".join(f"{_key(key)}: {inner(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Range):
        return _range(value, inner)
    if isinstance(value, FeelFunction) and not literal:
        return f"function({', '.join(parameter.name for parameter in value.parameters)})"
    raise FeelError(f"A {type_of(value)} cannot be written as text.")


def _key(key: str) -> str:
    if is_simple_name(key) and key not in KEYWORDS:
        return key
    return f'"{key.translate(_ESCAPES)}"'


def _range(value: Range, inner: Callable[[object], str]) -> str:
    if value.operator is not None:
        end = value.high if value.operator in ("<", "<=") else value.low
        return f"({value.operator} {inner(end)})"
    opening, closing = "[" if value.low_closed else "(", "]" if value.high_closed else ")"
    return f"{opening}{inner(value.low)}..{inner(value.high)}{closing}"
