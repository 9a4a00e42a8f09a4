"""Reads a whole file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from lxml import etree

from engine.dmn.definitions import Definitions, Import
from engine.dmn.faults import Faults
from engine.dmn.parse.elements import (
    read_decision,
    read_input,
    read_knowledge,
    read_service,
)
from engine.dmn.parse.items import read_item
from engine.dmn.parse.namespaces import is_feel
from engine.dmn.parse.reader import Reader, normal_name
from engine.xml import parse

_Read = TypeVar("_Read")

# Elements of the standard that document or draw; they have no effect on a value.
_DRAWN = frozenset(
    {
        "knowledgeSource",
        "organizationUnit",
        "organisationUnit",
        "organizationalUnit",
        "performanceIndicator",
        "elementCollection",
        "businessContextElement",
        "textAnnotation",
        "association",
        "artifact",
        "group",
    }
)
# Editors name versions that were never published.
_DMN_KINDS = ("http://www.omg.org/spec/DMN", "https://www.omg.org/spec/DMN")
_READ = frozenset(
    {
        "import",
        "itemDefinition",
        "inputData",
        "decision",
        "businessKnowledgeModel",
        "decisionService",
    }
)


def read_definitions(source: bytes, file: str, faults: Faults) -> Definitions:
    """The content of one file; what is wrong with it goes to ``faults``."""
    root = parse(source, file)
    reader = Reader(root, file, faults)
    faults.raise_any()
    found: dict[str, list[etree._Element]] = {name: [] for name in _READ}
    for name, child in reader.children(root, _DRAWN):
        if name in found:
            found[name].append(child)
        else:
            reader.unknown(name, child)
    reader.imports = _each(reader, found["import"], _import)
    definitions = Definitions(
        file=file,
        id=root.get("id") or "",
        name=normal_name(root.get("name") or file),
        namespace=reader.namespace,
        imports=reader.imports,
        items=_each(reader, found["itemDefinition"], read_item),
        inputs=_each(reader, found["inputData"], read_input),
        decisions=_each(reader, found["decision"], read_decision),
        knowledge=_each(reader, found["businessKnowledgeModel"], read_knowledge),
        services=_each(reader, found["decisionService"], read_service),
    )
    _check_unique(definitions, faults)
    return definitions


def _each(
    reader: Reader,
    elements: list[etree._Element],
    read: Callable[[Reader, etree._Element], _Read],
) -> tuple[_Read, ...]:
    return tuple(read(reader, element) for element in elements)


def _import(reader: Reader, element: etree._Element) -> Import:
    kind = element.get("importType") or ""
    if not kind.startswith(_DMN_KINDS) or is_feel(kind):
        reader.refuse(element, "not-supported", f"import of '{kind}': only DMN can be imported")
    if not element.get("namespace"):
        reader.refuse(element, "no-namespace", "an import needs the namespace of the model")
    return Import(
        where=reader.where(element),
        name=normal_name(element.get("name") or ""),
        namespace=element.get("namespace") or "",
        location=element.get("locationURI"),
    )


def _check_unique(definitions: Definitions, faults: Faults) -> None:
    ids: set[str] = set()
    names: set[tuple[type, str]] = set()
    for element in definitions.elements:
        if element.id in ids:
            faults.add(element.where, "duplicate-id", f"id '{element.id}' is used twice")
        if (type(element), element.name) in names:
            faults.add(element.where, "duplicate-name", f"name '{element.name}' is used twice")
        ids.add(element.id)
        names.add((type(element), element.name))
    types: set[str] = set()
    for item in definitions.items:
        if item.name in types:
            faults.add(item.where, "duplicate-name", f"type '{item.name}' is defined twice")
        types.add(item.name)
