"""Reads item definitions and their components."""

from __future__ import annotations

from lxml import etree

from engine.dmn.definitions import FunctionItem, ItemDefinition
from engine.dmn.parse.reader import Reader, normal_name
from engine.dmn.syntax import Text, Variable


def read_item(reader: Reader, element: etree._Element) -> ItemDefinition:
    """An ``itemDefinition`` or ``itemComponent``."""
    type_ref: str | None = None
    values: dict[str, Text] = {}
    components: list[ItemDefinition] = []
    function: FunctionItem | None = None
    for name, child in reader.children(element):
        match name:
            case "typeRef":
                type_ref = reader.type_name(child.text, child)
            case "allowedValues" | "typeConstraint":
                values[name] = reader.text(child)
            case "itemComponent":
                components.append(read_item(reader, child))
            case "functionItem":
                function = _function(reader, child)
            case _:
                reader.unknown(name, child)
    name = normal_name(element.get("name") or "")
    if not name:
        reader.refuse(element, "no-name", "an item definition needs a name")
    item = ItemDefinition(
        where=reader.where(element),
        name=name,
        collection=(element.get("isCollection") or "false").strip() in ("true", "1"),
        type_ref=type_ref,
        allowed=_told(values.get("allowedValues")),
        constraint=_told(values.get("typeConstraint")),
        components=tuple(components),
        function=function,
    )
    _check(reader, element, item)
    return item


def _told(text: Text | None) -> Text | None:
    return text if text is not None and text.text else None


def _function(reader: Reader, element: etree._Element) -> FunctionItem:
    parameters: list[Variable] = []
    for name, child in reader.children(element):
        if name == "parameters":
            parameters.append(reader.variable(child))
        else:
            reader.unknown(name, child)
    return FunctionItem(
        parameters=tuple(parameters), output=reader.type_ref(element, "outputTypeRef")
    )


def _check(reader: Reader, element: etree._Element, item: ItemDefinition) -> None:
    kinds = [item.type_ref is not None, bool(item.components), item.function is not None]
    if sum(kinds) > 1:
        reader.refuse(
            element, "item-kind", "a type is a reference, a structure or a function, not several"
        )
    names = {component.name for component in item.components}
    if len(names) < len(item.components):
        reader.refuse(element, "duplicate-name", "two components have the same name")
