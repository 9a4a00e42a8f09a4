"""Item definitions as FEEL types.

An item definition without allowed values is nothing but its FEEL type; one
with allowed values narrows it. A name that nothing defines is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from engine.dmn.definitions import ItemDefinition
from engine.dmn.faults import Faults
from engine.dmn.item_types import FunctionItemType, NarrowedType, StructureType
from engine.dmn.syntax import Text, Where
from engine.feel import FeelError, UnaryTests, compile_unary_tests
from engine.feel.types import ANY, SIMPLE_TYPES, FeelType, ListType

# What Camunda's modelers write for a number.
_ALIASES: dict[str, FeelType] = {
    name: SIMPLE_TYPES["number"] for name in ("integer", "long", "double")
}
_ALIASES |= {
    "undefined": ANY,
    "any": ANY,
    "null": SIMPLE_TYPES["Null"],
    "datetime": SIMPLE_TYPES["date and time"],
}
_PLAIN_NAME = re.compile(r"[^\W\d]\w*")


class TypeTable:
    """The types one model knows by name; imported ones as ``import.name``.

    A table that is not ``narrowed`` leaves allowed values aside: that is how
    ``instance of`` looks at a type.
    """

    def __init__(
        self,
        items: tuple[ItemDefinition, ...],
        imported: Mapping[str, FeelType],
        faults: Faults,
        *,
        narrowed: bool = True,
    ) -> None:
        self._narrowed = narrowed
        self._items = {item.name: item for item in items}
        self._faults = faults
        self._known: dict[str, FeelType] = dict(imported)
        self._open: list[str] = []
        for item in items:
            self._named(item.name, item.where)

    @property
    def named(self) -> Mapping[str, FeelType]:
        """Every type that is not FEEL's own."""
        return self._known

    def resolve(self, name: str | None, where: Where) -> FeelType:
        """The type of a ``typeRef``; Any when there is none."""
        if name is None:
            return ANY
        if name in self._items or name in self._known:
            return self._named(name, where)
        found = _own_type(name.removeprefix("feel."))
        if found is None:
            sentence = f"type '{name}' is not defined; define it or use a FEEL type"
            self._faults.add(where, "unknown-type", sentence)
            return ANY
        return found

    def _named(self, name: str, where: Where) -> FeelType:
        if name in self._known:
            return self._known[name]
        if name in self._open:
            self._faults.add(where, "type-cycle", f"type '{name}' is defined by itself")
            return ANY
        self._open.append(name)
        try:
            found = self._build(self._items[name], name, known_as=name)
        finally:
            self._open.pop()
        return self._known.setdefault(name, found)

    def _build(self, item: ItemDefinition, path: str, known_as: str | None = None) -> FeelType:
        structure = StructureType(path) if item.components else None
        found = self._wrapped(item, path, structure or self._base(item))
        if structure is not None:
            if known_as is not None:
                # Known before its components are: they may refer back to it.
                self._known[known_as] = found
            for component in item.components:
                inner = self._build(component, f"{path}.{component.name}")
                structure.entries[component.name] = inner
        return found

    def _wrapped(self, item: ItemDefinition, path: str, found: FeelType) -> FeelType:
        allowed = self._tests(item.allowed)
        constraint = self._tests(item.constraint)
        if allowed is not None:
            # A type's own values take the place of those of the type it refers to.
            inner = found.base if isinstance(found, NarrowedType) else found
            found = NarrowedType(path, inner, allowed)
        if item.collection:
            found = ListType(found)
        if constraint is not None:
            found = NarrowedType(path, found, constraint)
        return found

    def _base(self, item: ItemDefinition) -> FeelType:
        if item.function is None:
            return self.resolve(item.type_ref, item.where)
        parameters = tuple(
            self.resolve(variable.type_ref, variable.where) for variable in item.function.parameters
        )
        names = tuple(variable.name for variable in item.function.parameters)
        result = self.resolve(item.function.output, item.where)
        return FunctionItemType(names, parameters, result)

    def _tests(self, text: Text | None) -> UnaryTests | None:
        if text is None or not self._narrowed:
            return None
        try:
            return compile_unary_tests(text.text)
        except FeelError as error:
            self._faults.add(text.where, "feel-syntax", f"allowed values: {error}")
            return None


def _own_type(name: str) -> FeelType | None:
    # Editors differ in how they spell FEEL's own types: "String", "datetime".
    for spelling in (name, name.lower()):
        found = SIMPLE_TYPES.get(spelling) or _ALIASES.get(spelling)
        if found is not None:
            return found
    return None


def member_names(items: tuple[ItemDefinition, ...]) -> set[str]:
    """Component names that FEEL could not recognise without being told."""
    found: set[str] = set()
    for item in items:
        for component in item.components:
            if not _PLAIN_NAME.fullmatch(component.name):
                found.add(component.name)
        found |= member_names(item.components)
    return found
