"""The name of a value's type."""

from __future__ import annotations

from decimal import Decimal

from engine.feel.values.dates import FeelDate
from engine.feel.values.durations import DaysDuration, MonthsDuration
from engine.feel.values.functions import FeelFunction
from engine.feel.values.ranges import Range
from engine.feel.values.times import FeelDateTime, FeelTime

TYPE_NAMES: dict[type, str] = {
    Decimal: "number",
    str: "string",
    bool: "boolean",
    type(None): "Null",
    FeelDate: "date",
    FeelTime: "time",
    FeelDateTime: "date and time",
    MonthsDuration: "years and months duration",
    DaysDuration: "days and time duration",
    list: "list",
    dict: "context",
    Range: "range",
}


def type_of(value: object) -> str:
    """Name of the value's type as FEEL writes it; ``unknown`` for what is no FEEL value."""
    name = TYPE_NAMES.get(type(value))
    if name is None:
        name = "function" if isinstance(value, FeelFunction) else "unknown"
    return name
