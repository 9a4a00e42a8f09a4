"""Kinds of arguments: each answers the value made to fit, or None when it does not.

A list of one item stands for its item, and an item for a list of one, as the
standard's implicit conversions say.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from engine.feel.types import ANY, SIMPLE_TYPES, FeelType
from engine.feel.values.dates import FeelDate
from engine.feel.values.durations import DaysDuration, MonthsDuration
from engine.feel.values.functions import FeelFunction
from engine.feel.values.ranges import Range
from engine.feel.values.times import FeelDateTime, FeelTime

Kind = Callable[[object], object]


def _single(*kinds: type) -> Kind:
    accepted = frozenset(kinds)

    def fit(value: object) -> object:
        if type(value) in accepted:
            return value
        if type(value) is list and len(value) == 1 and type(value[0]) in accepted:
            return value[0]
        return None

    return fit


def _list(value: object) -> object:
    return value if type(value) is list else [value]


def _list_of(*kinds: type) -> Kind:
    accepted = frozenset(kinds)

    def fit(value: object) -> object:
        items = value if type(value) is list else [value]
        return items if all(type(item) in accepted for item in items) else None

    return fit


def _function(value: object) -> object:
    return value if isinstance(value, FeelFunction) else None


def _any(value: object) -> object:
    return value


KINDS: dict[str, Kind] = {
    "any": _any,
    "number": _single(Decimal),
    "string": _single(str),
    "boolean": _single(bool),
    "context": _single(dict),
    "date": _single(FeelDate),
    "time": _single(FeelTime),
    "date and time": _single(FeelDateTime),
    "day": _single(FeelDate, FeelDateTime),
    "clock": _single(FeelTime, FeelDateTime, FeelDate),
    "temporal": _single(FeelDate, FeelTime, FeelDateTime),
    "duration": _single(DaysDuration, MonthsDuration),
    "days and time duration": _single(DaysDuration),
    "years and months duration": _single(MonthsDuration),
    "number or duration": _single(Decimal, DaysDuration, MonthsDuration),
    "range": _single(Range),
    "function": _function,
    "list": _list,
    "strict list": lambda value: value if type(value) is list else None,
    "list of numbers": _list_of(Decimal),
    "list of strings": _list_of(str),
    "list of texts or null": _list_of(str, type(None)),
    "list of contexts": _list_of(dict),
}


def kind_type(kind: str) -> FeelType:
    """The FEEL type nearest to a kind."""
    if kind.startswith("list") or kind == "strict list":
        return SIMPLE_TYPES["list"]
    return SIMPLE_TYPES.get(kind, ANY)


_RESULTS = {
    "Decimal": "number",
    "str": "string",
    "bool": "boolean",
    "FeelDate": "date",
    "FeelTime": "time",
    "FeelDateTime": "date and time",
    "MonthsDuration": "years and months duration",
    "Context": "context",
    "Items": "list",
    "Range": "range",
}


def result_type_of(function: Callable[..., object]) -> FeelType | None:
    """The FEEL type that a function's return annotation names, if it is one."""
    name = _RESULTS.get(str(function.__annotations__.get("return")))
    return SIMPLE_TYPES[name] if name else None
