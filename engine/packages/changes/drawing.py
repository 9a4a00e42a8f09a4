"""Changes of the diagram: steps and flows added, dropped, renamed, and what is set on them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine import xml
from engine.errors import InvalidInput
from engine.packages.changes.change import Change
from engine.packages.diagram import BPMN, FLOW_NODES
from engine.packages.model import Package

FLOW = BPMN + "sequenceFlow"
_LINKS = {BPMN + "incoming", BPMN + "outgoing"}


def drawing_changes(old: Package, new: Package) -> Iterator[Change]:
    """By element id; where only the place on the sheet moved, nothing changed."""
    before, after = _elements(old), _elements(new)
    for name in [*before, *(one for one in after if one not in before)]:
        if name not in after:
            yield _told(name, before[name][0], "bỏ", "dropped")
        elif name not in before:
            yield _told(name, after[name][0], "thêm", "added")
        else:
            yield from _changed(name, before[name], after[name])


Told = tuple[tuple[str, str], dict[str, str]]


def _elements(package: Package) -> dict[str, Told]:
    """Element id -> (kind and label), what is set on it."""
    found: dict[str, Told] = {}
    for resource in package.of("bpmn"):
        try:
            root: Any = xml.parse(resource.content, resource.name)
        except InvalidInput:
            continue
        for one in root.iter():
            if one.tag in FLOW_NODES or one.tag == FLOW:
                found[one.get("id") or ""] = (_label(one), dict(_settings(one, "")))
    return found


def _label(element: Any) -> tuple[str, str]:
    name = " ".join((element.get("name") or "").split())
    if element.tag == FLOW:
        ends = f"{element.get('sourceRef')} → {element.get('targetRef')}"
        shown = f"“{name}” ({ends})" if name else ends
        return f"Luồng {shown}", f"Flow {shown}"
    kind = element.tag.removeprefix(BPMN)
    shown = f"“{name}” ({element.get('id')})" if name else f"{element.get('id')} ({kind})"
    return f"Bước {shown}", f"Step {shown}"


def _settings(element: Any, path: str) -> Iterator[tuple[str, str]]:
    """Attributes and texts, each with its path; what is nested as a step of its own stays out."""
    for name, value in element.attrib.items():
        if not (path == "" and name in ("id", "name")):
            yield f"{path}@{xml.local_name(name)}", value
    text = (element.text or "").strip()
    if text:
        yield path or "text", text
    seen: dict[str, int] = {}
    for child in element:
        if not isinstance(child.tag, str) or child.tag in FLOW_NODES | _LINKS | {FLOW}:
            continue
        name = xml.local_name(child.tag)
        seen[name] = seen.get(name, 0) + 1
        number = f"[{seen[name]}]" if seen[name] > 1 else ""
        yield from _settings(child, f"{path}/{name}{number}" if path else f"{name}{number}")


def _changed(name: str, before: Told, after: Told) -> Iterator[Change]:
    if before[0] != after[0]:
        yield Change(
            part="diagram",
            where=name,
            vi=f"{before[0][0]} nay là {after[0][0][:1].lower()}{after[0][0][1:]}.",
            en=f"{before[0][1]} is now {after[0][1][:1].lower()}{after[0][1][1:]}.",
        )
    for setting in sorted(before[1].keys() | after[1].keys()):
        old, new = before[1].get(setting), after[1].get(setting)
        if old != new:
            yield Change(
                part="diagram",
                where=name,
                vi=f"{after[0][0]}, {setting}: {old or 'không có'} → {new or 'không có'}.",
                en=f"{after[0][1]}, {setting}: {old or 'none'} → {new or 'none'}.",
            )


def _told(name: str, label: tuple[str, str], vi: str, en: str) -> Change:
    return Change(part="diagram", where=name, vi=f"{label[0]}: {vi}.", en=f"{label[1]}: {en}.")
