"""Rows of law in YAML: lists under their names, read by the one loader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from engine.domain.law import LawRow
from engine.errors import Fault, InvalidInput
from engine.packages.coerce import coerce
from engine.packages.document import schema_fault
from engine.packages.law.schema import COMMON, Shape, list_names, shape_of
from engine.packages.yaml import Items, Members, Tree, file_fault, parse

DEFAULTS = "defaults"
_OF_DEFAULTS = {"type": "object", "properties": COMMON}


def read_texts(file: Path, name: str) -> Iterator[tuple[Shape, LawRow, int]]:
    """Shape, row and line of each row of a YAML file."""
    tree = parse(file.read_bytes(), name)
    if not isinstance(tree, Members):
        raise _refused(name, 1, "law-list", "must be a mapping of lists, such as `holidays:`")
    shared = defaults_of(tree.members.get(DEFAULTS), name)
    faults: list[Fault] = []
    for list_name, items in tree.members.items():
        if list_name == DEFAULTS:
            continue
        shape, line = shape_of(list_name), tree.lines[list_name]
        if shape is None:
            known = ", ".join(list_names())
            raise _refused(name, line, "law-kind", f"{list_name} is none of: {known}")
        if not isinstance(items, Items):
            raise _refused(name, line, "law-list", f"{list_name} must be a list")
        for item in items.items:
            found = _row(shape, item, shared, name)
            if isinstance(found, list):
                faults += found
            else:
                yield shape, found, item.line
    if faults:
        raise InvalidInput(f"{name}: {len(faults)} faults.", faults, code="law-refused")


def read_defaults(file: Path, name: str) -> dict[str, object]:
    """What all rows of a CSV file share."""
    return defaults_of(parse(file.read_bytes(), name), name) if file.is_file() else {}


def defaults_of(tree: Tree | None, name: str) -> dict[str, object]:
    """The members of a block of defaults."""
    if tree is None:
        return {}
    data = coerce(tree, _OF_DEFAULTS, _OF_DEFAULTS)
    unknown = set(data) - set(COMMON) if isinstance(data, dict) else {"it"}
    if unknown or not isinstance(data, dict):
        words = f"{DEFAULTS} may hold {', '.join(COMMON)}, not {', '.join(sorted(unknown))}"
        raise _refused(name, tree.line, "law-defaults", words)
    return data


def _row(shape: Shape, item: Tree, shared: dict[str, object], name: str) -> LawRow | list[Fault]:
    data = coerce(item, shape.schema, shape.schema)
    if isinstance(data, dict):
        data = {**shared, **data}
    if not shape.validator.is_valid(data):
        return [schema_fault(each, item, name) for each in shape.validator.iter_errors(data)]
    assert isinstance(data, dict)  # noqa: S101 - the schema says so
    return shape.row(data)


def _refused(name: str, line: int, code: str, words: str) -> InvalidInput:
    fault = file_fault(name, line, code, words, words)
    return InvalidInput(fault.sentence, [fault], code="law-refused")
