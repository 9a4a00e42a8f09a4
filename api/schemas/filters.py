"""Filter properties: a plain value, or an object of operators such as ``{"$in": [...]}``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.schemas.fields import (
    Flag,
    Instant,
    Items,
    JsonSchema,
    Key,
    Shape,
    Text,
    Whole,
    nullable,
)

_EQUAL = ("$eq", "$neq")
_ORDER = ("$gt", "$gte", "$lt", "$lte")
_LISTS = ("$in", "$notIn")
LIST_LIMIT = 1000


class Filter(Shape):
    """Plain value of ``value``, or an object whose operators take such values."""

    def __init__(
        self, value: Shape, operators: tuple[str, ...], *, component: str = "", **common: Any
    ) -> None:
        super().__init__(**common)
        self.value, self.operators, self.component = value, operators, component

    def shape(self) -> JsonSchema:
        if self.component:
            return {"$ref": f"#/components/schemas/{self.component}"}
        return self.whole_shape()

    def whole_shape(self) -> JsonSchema:
        """The JSON Schema itself, where ``shape`` may only refer to it."""
        plain = self.value.shape()
        operators: JsonSchema = {}
        for name in self.operators:
            if name == "$exists":
                operators[name] = {"type": ["boolean", "null"]}
            elif name == "$like":
                operators[name] = {"type": ["string", "null"], "maxLength": 1000}
            elif name in _LISTS:
                wanted = {"type": ["array", "null"], "items": plain, "maxItems": LIST_LIMIT}
                operators[name] = wanted
            else:
                operators[name] = nullable(plain)
        advanced = {"type": "object", "properties": operators, "additionalProperties": False}
        return {"anyOf": [plain, advanced]}

    def fault(self, value: object) -> str | None:
        if not isinstance(value, Mapping):
            return self.value.fault(value)
        for name, operand in value.items():
            if name not in self.operators:
                return f"knows the operators {', '.join(self.operators)} only"
            if operand is not None and (reason := self._operand_fault(name, operand)):
                return f"{name} {reason}"
        return None

    def _operand_fault(self, name: str, operand: object) -> str | None:
        if name == "$exists":
            return Flag().fault(operand)
        if name == "$like":
            return Text(most=1000).fault(operand)
        if name not in _LISTS:
            return self.value.fault(operand)
        if not isinstance(operand, list):
            return "must be a list"
        if len(operand) > LIST_LIMIT:
            return f"must have at most {LIST_LIMIT} items"
        return next((found for item in operand if (found := self.value.fault(item))), None)


def text_filter(**common: Any) -> Filter:
    """Any string."""
    operators = (*_EQUAL, "$exists", *_LISTS, "$like")
    return Filter(Text(most=1000), operators, component="TextFilter", **common)


def key_filter(**common: Any) -> Filter:
    """A key."""
    return Filter(Key(), (*_EQUAL, "$exists", *_LISTS), component="KeyFilter", **common)


def whole_filter(**common: Any) -> Filter:
    """An integer."""
    operators = (*_EQUAL, "$exists", *_ORDER, *_LISTS)
    return Filter(Whole(), operators, component="IntegerFilter", **common)


def instant_filter(**common: Any) -> Filter:
    """An instant."""
    operators = (*_EQUAL, "$exists", *_ORDER, *_LISTS)
    return Filter(Instant(), operators, component="InstantFilter", **common)


def choice_filter(values: tuple[str, ...], **common: Any) -> Filter:
    """One of an enumeration."""
    return Filter(Text(values=values), (*_EQUAL, "$exists", *_LISTS, "$like"), **common)


def tags_filter(**common: Any) -> Items:
    """All of these tags."""
    return Items(Text(most=100), most=50, **common)


def components() -> dict[str, JsonSchema]:
    """The filters other schemas refer to by name."""
    shared = (text_filter(), key_filter(), whole_filter(), instant_filter())
    return {found.component: found.whole_shape() for found in shared}
