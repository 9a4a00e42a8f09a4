"""The FEEL types that only item definitions make: named structures, signatures, narrowings."""

from __future__ import annotations

from collections.abc import Callable

from engine.feel import Evaluation, FeelFunction, HostFunction, Parameter, UnaryTests
from engine.feel.types import (
    ANY,
    ContextType,
    FeelType,
    FunctionType,
    ListType,
    function_type,
)


class StructureType(ContextType):
    """A context type with a name; it may contain itself."""

    __slots__ = ("_recursive", "name")

    def __init__(self, name: str) -> None:
        super().__init__({})
        self.name = name
        # Known once the components are: see ``is_recursive``.
        self._recursive: bool | None = None

    def within(self, other: FeelType) -> bool:
        # Two structures that contain themselves are compared by name: their
        # entries have no end.
        if isinstance(other, StructureType) and (self.is_recursive or other.is_recursive):
            return self.name == other.name and self.entries.keys() == other.entries.keys()
        return super().within(other)

    @property
    def is_recursive(self) -> bool:
        """True when a value may hold another value of this type."""
        if self._recursive is None:
            self._recursive = _reaches(self, self, set())
        return self._recursive

    def __str__(self) -> str:
        return self.name

    __hash__ = ContextType.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


def _reaches(start: FeelType, goal: FeelType, seen: set[int]) -> bool:
    for inner in _parts(start):
        if inner is goal:
            return True
        if id(inner) not in seen:
            seen.add(id(inner))
            if _reaches(inner, goal, seen):
                return True
    return False


def _parts(kind: FeelType) -> list[FeelType]:
    if isinstance(kind, ContextType):
        return list(kind.entries.values())
    if isinstance(kind, ListType):
        return [kind.item]
    if isinstance(kind, NarrowedType):
        return [kind.base]
    if isinstance(kind, FunctionType):
        return [*kind.parameters, kind.result]
    return []


class FunctionItemType(FunctionType):
    """A function's signature; a function that leaves a type open may be passed for it.

    A function that is taken as this type is held to it: arguments and results
    must fit the signature.
    """

    __slots__ = ("names",)

    def __init__(
        self, names: tuple[str, ...], parameters: tuple[FeelType, ...], result: FeelType
    ) -> None:
        super().__init__(parameters, result)
        self.names = names

    def coerce(self, value: object) -> tuple[object, bool]:
        if isinstance(value, FeelFunction) and self._suits(value):
            return self._held(value), True
        return super().coerce(value)

    def _suits(self, value: FeelFunction) -> bool:
        given = function_type(value)
        if given.result != ANY and not given.result.within(self.result):
            return False
        if len(given.parameters) != len(self.parameters):
            return value.takes(len(self.parameters))
        pairs = zip(self.parameters, given.parameters, strict=True)
        return all(wanted == ANY or wanted.within(open_) for wanted, open_ in pairs)

    def _held(self, value: FeelFunction) -> FeelFunction:
        if self.result == ANY and all(kind == ANY for kind in self.parameters):
            return value
        names = self.names
        if len(value.parameters) == len(names):
            names = tuple(parameter.name for parameter in value.parameters)
        parameters = [Parameter(*pair) for pair in zip(names, self.parameters, strict=True)]

        def call(evaluation: Evaluation, *arguments: object) -> object:
            return value.call(evaluation, list(arguments))

        return HostFunction(
            value.name, parameters, call, result_type=self.result, wants_evaluation=True
        )


class NarrowedType(FeelType):
    """The values of another type that pass a test."""

    __slots__ = ("allowed", "base", "name")

    def __init__(self, name: str, base: FeelType, allowed: UnaryTests) -> None:
        self.name = name
        self.base = base
        self.allowed = allowed

    def pay(self, value: object, spend: Callable[[int], None]) -> None:
        self.base.pay(value, spend)

    def accepts(self, value: object) -> bool:
        if value is None:
            return True
        return self.base.accepts(value) and self.allowed.test(value, {}) is True

    def within(self, other: FeelType) -> bool:
        return self is other or self.base.within(other)

    def __str__(self) -> str:
        return self.name


def signed(kind: FeelType, parameters: tuple[Parameter, ...]) -> tuple[Parameter, ...]:
    """Parameters of a callable whose variable has this type; what they leave open it decides."""
    if not isinstance(kind, FunctionItemType):
        return parameters
    wanted = dict(zip(kind.names, kind.parameters, strict=True))
    return tuple(
        Parameter(one.name, wanted.get(one.name, ANY)) if one.type in (None, ANY) else one
        for one in parameters
    )


def result_of(kind: FeelType) -> FeelType:
    """What a callable yields whose variable has this type: its result, or the type itself."""
    return kind.result if isinstance(kind, FunctionType) else kind
