"""Namespaces and small readings of XML names that the validator's rules share."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"
MODELER = "http://camunda.org/schema/modeler/1.0"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML = "http://www.w3.org/XML/1998/namespace"


def words(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


def split(tag: str) -> tuple[str, str]:
    """``(namespace, local name)`` of a tag or attribute in lxml's notation."""
    if tag.startswith("{"):
        namespace, _, local = tag[1:].partition("}")
        return namespace, local
    return "", tag


def bpmn_name(element: etree._Element) -> str:
    """Local name of a BPMN element, empty for anything else."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    namespace, local = split(tag)
    return local if namespace == BPMN else ""


def children(element: etree._Element, local: str, namespace: str = BPMN) -> list[etree._Element]:
    """Direct children with that name."""
    return element.findall(f"{{{namespace}}}{local}")


def extensions(element: etree._Element) -> Iterator[etree._Element]:
    """Extension elements written directly on an element."""
    for holder in children(element, "extensionElements"):
        for child in holder:
            if isinstance(child.tag, str):
                yield child


def zeebe(element: etree._Element, local: str) -> etree._Element | None:
    """The first ``zeebe:`` extension with that name."""
    tag = f"{{{ZEEBE}}}{local}"
    return next((item for item in extensions(element) if item.tag == tag), None)


def text_of(element: etree._Element | None) -> str:
    """The element's text without surrounding blanks."""
    return "".join(element.itertext()).strip() if element is not None else ""


def flag(element: etree._Element, name: str, default: bool) -> bool:
    """A boolean attribute as XML Schema writes it."""
    value = element.get(name)
    return default if value is None else value.strip() in ("true", "1")


def reference(value: str | None) -> str:
    """An id out of a reference that may be qualified (``tns:Message_1``)."""
    return (value or "").strip().rpartition(":")[2]
