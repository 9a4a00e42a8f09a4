"""Reads simple cells: comparisons, ranges and lists of literals.

A cell that is anything else is no fault: it is left out of the analysis, so
that what is reported is certain.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from engine.dmn.cells import split_tests
from engine.feel import DaysDuration, FeelDate, FeelError, MonthsDuration, compile_expression

Simple: TypeAlias = Decimal | bool | str | FeelDate | MonthsDuration | DaysDuration

_STRING = r'"(?:[^"\\]|\\.)*"'
_LITERAL = re.compile(
    rf"-?\s*(?:\d+(?:\.\d+)?|\.\d+)|{_STRING}|true|false"
    rf"|@\s*{_STRING}|(?:date|duration)\s*\(\s*{_STRING}\s*\)"
)
_RANGE = re.compile(r"([\[\](])(.*)\.\.(.*)([\[\])])", re.DOTALL)
_COMPARISON = re.compile(r"(<=|>=|<|>|=)(.*)", re.DOTALL)
_NOT = re.compile(r"not\s*\((.*)\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Interval:
    """Values between two ends; an end that is None is not there."""

    low: Simple | None
    high: Simple | None
    low_closed: bool = True
    high_closed: bool = True


@dataclass(frozen=True, slots=True)
class Condition:
    """The values a cell accepts: those in one of its intervals, or (``negated``) in none."""

    intervals: tuple[Interval, ...]
    negated: bool = False


ANYTHING = Condition((), negated=True)


def read_condition(text: str) -> Condition | None:
    """The condition of a cell, or None when it is not simple."""
    if text in ("", "-"):
        return ANYTHING
    inner = _NOT.fullmatch(text)
    intervals = [_interval(item) for item in split_tests(inner[1] if inner else text)]
    known = [interval for interval in intervals if interval is not None]
    if len(known) < len(intervals):
        return None
    return Condition(tuple(known), negated=inner is not None)


def _interval(text: str) -> Interval | None:
    found = _RANGE.fullmatch(text)
    if found:
        low, high = _value(found[2]), _value(found[3])
        if low is None or high is None or type(low) is not type(high):
            return None
        return Interval(low, high, found[1] == "[", found[4] == "]")
    found = _COMPARISON.fullmatch(text)
    value = _value(found[2] if found else text)
    if value is None:
        return None
    sign = found[1] if found else "="
    if sign == "=":
        return Interval(value, value)
    if isinstance(value, bool | str):
        return None
    if sign in ("<", "<="):
        return Interval(None, value, high_closed=sign == "<=")
    return Interval(value, None, low_closed=sign == ">=")


def _value(text: str) -> Simple | None:
    text = text.strip()
    if not _LITERAL.fullmatch(text):
        return None
    try:
        value = compile_expression(text).evaluate({})
    except FeelError:
        return None
    kinds = (Decimal, bool, str, FeelDate, MonthsDuration, DaysDuration)
    return value if isinstance(value, kinds) else None
