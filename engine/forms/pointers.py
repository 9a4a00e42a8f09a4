"""JSON pointers and values at paths in nested dicts and lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from engine.forms.model import Path


class _Missing:
    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = _Missing()


def pointer(path: Path) -> str:
    """RFC 6901 text of a path."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in path)


def get(tree: object, path: Sequence[str | int]) -> object:
    """The value at ``path``, or MISSING."""
    for step in path:
        tree = _inside(tree, step)
    return tree


def _inside(tree: object, step: str | int) -> object:
    if isinstance(tree, dict):
        return tree.get(step, MISSING)
    if isinstance(tree, list) and isinstance(step, int) and 0 <= step < len(tree):
        return tree[step]
    return MISSING


def put(tree: dict[str, object], path: Sequence[str], value: object) -> None:
    """Set a value; what stands in the way and is no object is replaced by one."""
    for step in path[:-1]:
        inner = tree.get(step)
        if not isinstance(inner, dict):
            inner = tree[step] = {}
        tree = inner
    tree[path[-1]] = value


def drop(tree: dict[str, object], path: Sequence[str]) -> None:
    """Remove a value; absent is fine."""
    parent = get(tree, path[:-1])
    if isinstance(parent, dict):
        parent.pop(path[-1], None)
