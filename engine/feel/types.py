"""Types of FEEL values: what ``instance of`` asks, and the conversions the standard allows.

``coerce`` knows exactly three conversions: a list of one item to that item, an
item to a list of one, a date to midnight UTC of that day. Null fits every type.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.feel.values.dates import FeelDate
from engine.feel.values.functions import FeelFunction
from engine.feel.values.kinds import TYPE_NAMES, type_of
from engine.feel.values.ranges import Range
from engine.feel.values.times import MIDNIGHT_UTC, FeelDateTime


class FeelType:
    """A type; subclasses outside (item definitions) may narrow ``accepts`` further."""

    __slots__ = ()

    def pay(self, value: object, spend: Callable[[int], None]) -> None:
        """Spend what ``accepts`` will cost: parts may be shared, a small value a long walk."""

    def accepts(self, value: object) -> bool:
        """True when the value, null included, belongs to the type."""
        raise NotImplementedError

    def coerce(self, value: object) -> tuple[object, bool]:
        """The value made to fit, and whether it does."""
        if value is None or self.accepts(value):
            return value, True
        if type(value) is list and len(value) == 1 and self.accepts(value[0]):
            return value[0], True
        return None, False

    def within(self, other: FeelType) -> bool:
        """True when every value of this type belongs to the other."""
        return isinstance(other, AnyType) or self == other

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))


class AnyType(FeelType):
    """Everything."""

    __slots__ = ()

    def accepts(self, value: object) -> bool:  # noqa: ARG002 everything is accepted
        return True

    def __str__(self) -> str:
        return "Any"


class SimpleType(FeelType):
    """A type without parts, such as number, date or a bare context."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def accepts(self, value: object) -> bool:
        return value is None or type_of(value) == self.name

    def coerce(self, value: object) -> tuple[object, bool]:
        if self.name == "date and time" and type(value) is FeelDate:
            return FeelDateTime(value, MIDNIGHT_UTC), True
        return super().coerce(value)

    def within(self, other: FeelType) -> bool:
        return self.name == "Null" or super().within(other)

    def __str__(self) -> str:
        return self.name


class ListType(FeelType):
    """A list whose items all belong to one type."""

    __slots__ = ("item",)

    def __init__(self, item: FeelType) -> None:
        self.item = item

    def pay(self, value: object, spend: Callable[[int], None]) -> None:
        if isinstance(value, list):
            spend(1 + len(value))
            for item in value:
                self.item.pay(item, spend)

    def accepts(self, value: object) -> bool:
        accepts = self.item.accepts
        return value is None or (type(value) is list and all(accepts(item) for item in value))

    def coerce(self, value: object) -> tuple[object, bool]:
        if value is None or self.accepts(value):
            return value, True
        if type(value) is not list and self.item.accepts(value):
            return [value], True
        return None, False

    def within(self, other: FeelType) -> bool:
        if isinstance(other, ListType):
            return self.item.within(other.item)
        return super().within(other)

    def __str__(self) -> str:
        return f"list<{self.item}>"


class RangeType(FeelType):
    """A range whose ends belong to one type."""

    __slots__ = ("item",)

    def __init__(self, item: FeelType) -> None:
        self.item = item

    def accepts(self, value: object) -> bool:
        if value is None:
            return True
        return (
            type(value) is Range and self.item.accepts(value.low) and self.item.accepts(value.high)
        )

    def within(self, other: FeelType) -> bool:
        if isinstance(other, RangeType):
            return self.item.within(other.item)
        return super().within(other)

    def __str__(self) -> str:
        return f"range<{self.item}>"


class ContextType(FeelType):
    """A context that has at least these entries."""

    __slots__ = ("entries",)

    def __init__(self, entries: Mapping[str, FeelType]) -> None:
        self.entries = dict(entries)

    def pay(self, value: object, spend: Callable[[int], None]) -> None:
        if isinstance(value, dict):
            spend(1 + len(self.entries))
            for name, kind in self.entries.items():
                kind.pay(value.get(name), spend)

    def accepts(self, value: object) -> bool:
        if value is None:
            return True
        return type(value) is dict and all(
            name in value and wanted.accepts(value[name]) for name, wanted in self.entries.items()
        )

    def within(self, other: FeelType) -> bool:
        if isinstance(other, ContextType):
            return all(
                name in self.entries and self.entries[name].within(wanted)
                for name, wanted in other.entries.items()
            )
        return super().within(other) or other == CONTEXT

    def __str__(self) -> str:
        return f"context<{', '.join(f'{name}: {kind}' for name, kind in self.entries.items())}>"


class FunctionType(FeelType):
    """A function by its parameter types and result type."""

    __slots__ = ("parameters", "result")

    def __init__(self, parameters: tuple[FeelType, ...], result: FeelType) -> None:
        self.parameters = parameters
        self.result = result

    def accepts(self, value: object) -> bool:
        if value is None:
            return True
        return isinstance(value, FeelFunction) and function_type(value).within(self)

    def within(self, other: FeelType) -> bool:
        if not isinstance(other, FunctionType):
            return super().within(other)
        return (
            len(self.parameters) == len(other.parameters)
            and all(o.within(s) for s, o in zip(self.parameters, other.parameters, strict=True))
            and self.result.within(other.result)
        )

    def __str__(self) -> str:
        return f"function<{', '.join(map(str, self.parameters))}>->{self.result}"


class AnyFunctionType(FeelType):
    """``function`` without parameter types: every function."""

    __slots__ = ()

    def accepts(self, value: object) -> bool:
        return value is None or isinstance(value, FeelFunction)

    def __str__(self) -> str:
        return "function"


ANY = AnyType()
NULL = SimpleType("Null")
CONTEXT = SimpleType("context")
SIMPLE_TYPES: dict[str, FeelType] = {
    **{name: SimpleType(name) for name in TYPE_NAMES.values() if name not in ("list", "range")},
    "Any": ANY,
    "list": ListType(ANY),
    "range": RangeType(ANY),
    "dateTime": SimpleType("date and time"),
    "dayTimeDuration": SimpleType("days and time duration"),
    "yearMonthDuration": SimpleType("years and months duration"),
}


def function_type(function: FeelFunction) -> FunctionType:
    """The type a function declares; what it leaves open counts as Any."""
    parameters = tuple(parameter.type or ANY for parameter in function.parameters)
    return FunctionType(parameters, function.result_type or ANY)


def is_instance(value: object, wanted: FeelType) -> bool:
    """``value instance of wanted``: null belongs to Null only."""
    if value is None:
        return wanted == NULL
    return wanted.accepts(value)
