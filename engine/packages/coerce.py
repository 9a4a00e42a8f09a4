"""Types for a YAML tree, taken from a JSON Schema.

Where the schema asks for text, text it is, whatever it looks like. Where it says
nothing, a bare ``true``, ``null`` or JSON number is one, and the rest is text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from engine.packages.yaml import Items, Members, Scalar, Tree

Schema: TypeAlias = Mapping[str, object]

_INTEGER = re.compile(r"-?(0|[1-9]\d{0,17})")
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,17})(\.\d{1,18})?")
_WORDS: Mapping[str, object] = {"true": True, "false": False}
_NULLS = {"", "~", "null"}


def coerce(tree: Tree, schema: Schema, root: Schema) -> object:
    """Plain data; a scalar that does not fit its type stays text, for validation to find."""
    rules = _resolved(schema, root)
    if isinstance(tree, Scalar):
        return _scalar(tree, _types(rules, root))
    if isinstance(tree, Items):
        item = _items(rules, root)
        return [coerce(one, item, root) for one in tree.items]
    return {
        name: coerce(one, _member(rules, name, root), root) for name, one in tree.members.items()
    }


def line_of(tree: Tree, path: Sequence[str | int]) -> int:
    """The line of what stands at ``path``, or of the innermost thing that exists."""
    line = tree.line
    for step in path:
        if isinstance(tree, Members) and step in tree.members:
            line = tree.lines.get(str(step), line)
            tree = tree.members[str(step)]
        elif isinstance(tree, Items) and isinstance(step, int) and step < len(tree.items):
            tree = tree.items[step]
            line = tree.line
        else:
            break
    return line


def part_of(tree: Tree, path: Sequence[str | int]) -> Tree | None:
    """What stands at ``path``, or None."""
    found: Tree | None = tree
    for step in path:
        if isinstance(found, Members):
            found = found.members.get(str(step))
        elif isinstance(found, Items) and isinstance(step, int) and step < len(found.items):
            found = found.items[step]
        else:
            return None
    return found


def _scalar(scalar: Scalar, types: frozenset[str]) -> object:
    text = scalar.text
    if scalar.quoted:
        return text
    free = not types
    if (free or "null" in types) and text in _NULLS:
        return None
    if (free or "boolean" in types) and text in _WORDS:
        return _WORDS[text]
    if (free or types & {"integer", "number"}) and _INTEGER.fullmatch(text):
        return text if "string" in types else int(text)
    if (free or "number" in types) and _NUMBER.fullmatch(text):
        return text if "string" in types else Decimal(text)
    return text


def _resolved(schema: Schema, root: Schema) -> Schema:
    reference = schema.get("$ref")
    if not isinstance(reference, str):
        return schema
    found: object = root
    for step in reference.removeprefix("#/").split("/"):
        found = found[step] if isinstance(found, Mapping) else {}
    return _resolved(found, root) if isinstance(found, Mapping) else {}


def _branches(schema: Schema, root: Schema) -> list[Schema]:
    choices = schema.get("anyOf") or schema.get("oneOf")
    if not isinstance(choices, list):
        return [schema]
    return [inner for one in choices for inner in _branches(_resolved(one, root), root)]


def _types(schema: Schema, root: Schema) -> frozenset[str]:
    found: set[str] = set()
    for branch in _branches(schema, root):
        kind = branch.get("type")
        if isinstance(kind, str):
            found.add(kind)
        elif isinstance(kind, list):
            found.update(kind)
        elif "enum" in branch or "const" in branch:
            choices = branch.get("enum", [branch.get("const")])
            if isinstance(choices, list):
                found.update(map(_type_of, choices))
        elif "pattern" in branch:
            found.add("string")
    return frozenset(found)


def _type_of(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    return "number" if isinstance(value, int | float | Decimal) else "string"


def _items(schema: Schema, root: Schema) -> Schema:
    for branch in _branches(schema, root):
        items = branch.get("items")
        if isinstance(items, Mapping):
            return items
    return {}


def _member(schema: Schema, name: str, root: Schema) -> Schema:
    for branch in _branches(schema, root):
        properties = branch.get("properties")
        if isinstance(properties, Mapping) and isinstance(properties.get(name), Mapping):
            found: Schema = properties[name]
            return found
    for branch in _branches(schema, root):
        other = branch.get("additionalProperties")
        if isinstance(other, Mapping):
            return other
    return {}
