"""Changes of decisions (row by row) and of forms (field by field)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from engine import xml
from engine.errors import InvalidInput
from engine.packages.changes.change import Change, Part, said
from engine.packages.model import Package

_ENTRIES = {"inputEntry", "outputEntry"}


def decision_changes(old: Package, new: Package) -> Iterator[Change]:
    """By decision id, then by row and column, then by what else is written in it."""
    yield from _lines("decision", ("Bảng quyết định", "Decision"), _decisions(old), _decisions(new))


def form_changes(old: Package, new: Package) -> Iterator[Change]:
    """By form, then by field, then by what is set on it."""
    before, after = _forms(old), _forms(new)
    for form in [*before, *(one for one in after if one not in before)]:
        fields = before.get(form, {}), after.get(form, {})
        for name in [*fields[0], *(one for one in fields[1] if one not in fields[0])]:
            yield from _field(form, name, fields[0].get(name), fields[1].get(name))


def _field(form: str, name: str, old: Settings | None, new: Settings | None) -> Iterator[Change]:
    what = (f"{form}, trường {name}", f"{form}, field {name}")
    if old is None or new is None:
        verb = ("thêm", "added") if old is None else ("bỏ", "dropped")
        vi, en = f"{what[0]}: {verb[0]}.", f"{what[1]}: {verb[1]}."
        yield Change(part="form", where=form, vi=vi, en=en)
        return
    for setting in sorted(old.keys() | new.keys()):
        was, now = said(old.get(setting)), said(new.get(setting))
        if was != now:
            yield Change(
                part="form",
                where=form,
                vi=f"{what[0]}, {setting}: {was[0]} → {now[0]}.",
                en=f"{what[1]}, {setting}: {was[1]} → {now[1]}.",
            )


Settings = Mapping[str, object]
Lines = Mapping[str, Mapping[str, str]]


def _lines(part: Part, what: tuple[str, str], old: Lines, new: Lines) -> Iterator[Change]:
    for name in [*old, *(one for one in new if one not in old)]:
        before, after = old.get(name, {}), new.get(name, {})
        for line in [*before, *(one for one in after if one not in before)]:
            was, now = before.get(line, ""), after.get(line, "")
            if was != now:
                vi = f"{what[0]} {name}, {line}: {was or 'không có'} → {now or 'không có'}."
                en = f"{what[1]} {name}, {line}: {was or 'none'} → {now or 'none'}."
                yield Change(part=part, where=name, vi=vi, en=en)


def _decisions(package: Package) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for resource in package.of("dmn"):
        try:
            root: Any = xml.parse(resource.content, resource.name)
        except InvalidInput:
            continue
        for one in root.iter():
            if isinstance(one.tag, str) and xml.local_name(one.tag) == "decision":
                found[one.get("id") or ""] = dict(_written(one))
    return found


def _written(decision: Any) -> Iterator[tuple[str, str]]:
    """A line per row of a table; hit policy and every other text by its element."""
    rows = other = 0
    for one in decision.iter():
        name = xml.local_name(one.tag) if isinstance(one.tag, str) else ""
        if name == "rule":
            rows += 1
            cells = [_text(cell) for cell in one if xml.local_name(cell.tag) in _ENTRIES]
            yield f"#{rows}", " | ".join(cells)
        elif name == "decisionTable":
            yield "hitPolicy", one.get("hitPolicy", "UNIQUE")
        elif name == "text" and xml.local_name(one.getparent().tag) not in _ENTRIES:
            other += 1
            yield f"text {other}", " ".join((one.text or "").split())


def _text(cell: Any) -> str:
    return " ".join("".join(cell.itertext()).split()) or "-"


def _forms(package: Package) -> dict[str, dict[str, Settings]]:
    found: dict[str, dict[str, Settings]] = {}
    for resource in package.of("form"):
        try:
            form = json.loads(resource.content)
        except ValueError:
            continue
        if isinstance(form, dict):
            found[resource.name] = dict(_fields(form.get("components", []), ""))
    return found


def _fields(components: object, path: str) -> Iterator[tuple[str, Settings]]:
    for one in components if isinstance(components, list) else ():
        if not isinstance(one, dict):
            continue
        name = str(one.get("key") or one.get("path") or one.get("id") or "")
        where = f"{path}.{name}" if path else name
        yield where, dict(_flat({key: one[key] for key in one if key not in _LAYOUT}, ""))
        yield from _fields(one.get("components"), where if one.get("path") else path)


def _flat(value: object, path: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _flat(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        shown = [
            one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in value
        ]
        yield path, shown
    else:
        yield path, value


_LAYOUT = {"id", "key", "path", "layout", "components", "appearance"}
