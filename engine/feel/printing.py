"""Values as text: what ``string()`` gives, and FEEL literals."""

from __future__ import annotations

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
_DEPTH_LIMIT = 100


def string_of(value: object, spend: Spend | None = None) -> str:
    """Text of a value: a string as it is, inside lists and contexts in quotes."""
    if isinstance(value, str):
        return value
    return _Writer(spend or counting(), literal=False, functions=True).write(value)


def feel_literal(value: object) -> str:
    """The value written so that FEEL reads it back; ``FeelError`` for functions."""
    return _Writer(counting(), literal=True, functions=False).write(value)


def display(value: object, limit: int = 2000) -> str:
    """The value for people: as a literal, functions by their parameters, cut when long."""
    try:
        text = _Writer(counting(limit * 8), literal=True, functions=True).write(value)
    except FeelError:
        return f"a {type_of(value)} too large to be shown"
    return text if len(text) <= limit else f"{text[:limit]}…"


class _Writer:
    """Writes one value, its parts paid for as they may be shared."""

    def __init__(self, spend: Spend, *, literal: bool, functions: bool) -> None:
        self._spend = spend
        self._literal = literal
        self._functions = functions

    def write(self, value: object, depth: int = 0) -> str:
        """Text of a value; ``FeelError`` when it has none."""
        if isinstance(value, str):
            self._spend(1 + len(value) // 64)
            return f'"{value.translate(_ESCAPES)}"'
        if isinstance(value, Decimal):
            return text_of(value)
        if isinstance(value, _TEMPORAL):
            return f'@"{value}"' if self._literal else str(value)
        if value is None:
            return "null"
        if isinstance(value, bool):
            return "true" if value else "false"
        if depth > _DEPTH_LIMIT:
            raise FeelError(f"The value is nested more than {_DEPTH_LIMIT} levels deep.")
        return self._composed(value, depth + 1)

    def _composed(self, value: object, depth: int) -> str:
        if isinstance(value, list):
            self._spend(1 + len(value))
            return "[" + ", ".join([self.write(item, depth) for item in value]) + "]"
        if isinstance(value, dict):
            self._spend(1 + len(value))
            entries = [f"{_key(key)}: {self.write(item, depth)}" for key, item in value.items()]
            return "{" + ", ".join(entries) + "}"
        if isinstance(value, Range):
            return self._range(value, depth)
        if isinstance(value, FeelFunction) and self._functions:
            return f"function({', '.join(parameter.name for parameter in value.parameters)})"
        raise FeelError(f"A {type_of(value)} cannot be written as text.")

    def _range(self, value: Range, depth: int) -> str:
        if value.operator is not None:
            end = value.high if value.operator in ("<", "<=") else value.low
            return f"({value.operator} {self.write(end, depth)})"
        opening, closing = "[" if value.low_closed else "(", "]" if value.high_closed else ")"
        return f"{opening}{self.write(value.low, depth)}..{self.write(value.high, depth)}{closing}"


def _key(key: str) -> str:
    if is_simple_name(key) and key not in KEYWORDS:
        return key
    return f'"{key.translate(_ESCAPES)}"'
