"""Fields of our schemas: each knows its JSON Schema and checks exactly what that schema says.

Nothing is converted: a body that passes is handed on as it came, so that a
route sees the same values whether marshmallow or the compiled JSON Schema
checked it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields

from api.instants import is_instant

INT_MAX = 2**31 - 1
KEY_PATTERN = "^[0-9]{1,19}$"

JsonSchema = dict[str, Any]


def is_whole(value: object) -> bool:
    """True for what JSON Schema calls an integer: 3 and 3.0, but not true."""
    if isinstance(value, bool):
        return False
    if isinstance(value, int):
        return True
    return isinstance(value, float | Decimal) and value == int(value)


class Shape(fields.Field[Any]):
    """Root of our fields: a JSON Schema and a check that agree with each other."""

    def __init__(
        self,
        *,
        required: bool = False,
        nullable: bool = False,
        doc: str = "",
        extension: bool = False,
    ) -> None:
        metadata = _metadata(doc, extension)
        super().__init__(required=required, allow_none=nullable, metadata=metadata)

    def shape(self) -> JsonSchema:
        """The JSON Schema, without null."""
        return {}

    def fault(self, value: object) -> str | None:
        """Why the value is not acceptable, without quoting it; None when it is."""
        raise NotImplementedError

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        del args, kwargs
        if reason := self.fault(value):
            raise ValidationError(reason)
        return value

    def _serialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        del args, kwargs
        return value


def _metadata(doc: str, extension: bool) -> dict[str, Any]:
    """``extension`` marks a member that Camunda's contract does not have."""
    return ({"description": doc} if doc else {}) | ({"x-motcua": True} if extension else {})


class Text(Shape):
    """A string; ``values`` makes it an enumeration."""

    def __init__(
        self,
        *,
        least: int = 0,
        most: int | None = None,
        pattern: str | None = None,
        values: tuple[str, ...] = (),
        **common: Any,
    ) -> None:
        super().__init__(**common)
        self.least, self.most, self.pattern, self.values = least, most, pattern, values

    def shape(self) -> JsonSchema:
        schema: JsonSchema = {"type": "string"}
        if self.values:
            schema["enum"] = list(self.values)
        if self.least:
            schema["minLength"] = self.least
        if self.most is not None:
            schema["maxLength"] = self.most
        if self.pattern:
            schema["pattern"] = self.pattern
        return schema

    def fault(self, value: object) -> str | None:
        if not isinstance(value, str):
            return "must be a string"
        if self.values and value not in self.values:
            return f"must be one of {', '.join(self.values)}"
        if len(value) < self.least:
            return f"must have at least {self.least} characters"
        if self.most is not None and len(value) > self.most:
            return f"must have at most {self.most} characters"
        # JSON Schema's $ is the very end; Python's lets a newline follow.
        if self.pattern and not re.search(self.pattern.removesuffix("$") + r"\Z", value):
            return f"must match {self.pattern}"
        return None


class Key(Text):
    """A 64-bit key, a string of digits in JSON."""

    def __init__(self, **common: Any) -> None:
        super().__init__(pattern=KEY_PATTERN, **common)


class Instant(Shape):
    """An ISO 8601 instant with an offset."""

    def shape(self) -> JsonSchema:
        return {"type": "string", "format": "date-time"}

    def fault(self, value: object) -> str | None:
        if isinstance(value, str) and is_instant(value):
            return None
        return "must be an ISO 8601 instant with an offset, such as 2026-03-01T08:00:00.000+07:00"


class Whole(Shape):
    """An integer between two bounds."""

    def __init__(self, *, least: int = -INT_MAX - 1, most: int = INT_MAX, **common: Any) -> None:
        super().__init__(**common)
        self.least, self.most = least, most

    def shape(self) -> JsonSchema:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def fault(self, value: object) -> str | None:
        if not is_whole(value):
            return "must be an integer"
        if not self.least <= int(value) <= self.most:  # type: ignore[call-overload] # is_whole said so
            return f"must be between {self.least} and {self.most}"
        return None


class Flag(Shape):
    """true or false, nothing else."""

    def shape(self) -> JsonSchema:
        return {"type": "boolean"}

    def fault(self, value: object) -> str | None:
        return None if isinstance(value, bool) else "must be true or false"


class Document(Shape):
    """A JSON object of any content: variables, headers."""

    def shape(self) -> JsonSchema:
        return {"type": "object", "additionalProperties": True}

    def fault(self, value: object) -> str | None:
        return None if isinstance(value, Mapping) else "must be an object"


class Anything(Shape):
    """Any JSON value."""

    def fault(self, value: object) -> str | None:
        del value
        return None


class Items(fields.List[Any]):
    """A list whose items are of one field or schema."""

    def __init__(
        self,
        item: fields.Field[Any],
        *,
        most: int | None = None,
        required: bool = False,
        nullable: bool = False,
        doc: str = "",
        extension: bool = False,
    ) -> None:
        metadata = _metadata(doc, extension)
        if most is not None:
            metadata["maxItems"] = most
        super().__init__(item, required=required, allow_none=nullable, metadata=metadata)
        self.most = most

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        if not isinstance(value, list):
            raise ValidationError("must be a list")
        if self.most is not None and len(value) > self.most:
            raise ValidationError(f"must have at most {self.most} items")
        return super()._deserialize(value, *args, **kwargs)


def describe(converter: object, field: fields.Field[Any], **kwargs: Any) -> JsonSchema:
    """Attribute function for apispec: the JSON Schema of one of our fields."""
    del converter, kwargs
    if not isinstance(field, Shape):
        return {}
    schema = field.shape()
    return nullable(schema) if field.allow_none else schema


def nullable(schema: JsonSchema) -> JsonSchema:
    """The same, or null."""
    if "$ref" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    found = dict(schema)
    if "enum" in found:
        found["enum"] = [*found["enum"], None]
    if isinstance(found.get("type"), str):
        found["type"] = [found["type"], "null"]
    elif "anyOf" in found:
        found["anyOf"] = [*found["anyOf"], {"type": "null"}]
    return found
