"""Writing SVG: elements with escaped attributes and texts, numbers without noise."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

Node = str
Value = str | float


def tag(name: str, attributes: Mapping[str, Value], *inside: Node, text: str = "") -> Node:
    """One element as text. Attribute values and ``text`` are escaped, ``inside`` is not."""
    written = "".join(f' {key}="{_shown(value)}"' for key, value in attributes.items())
    content = escape(text, quote=False) + "".join(inside)
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def path(d: str, name: str = "bpmn-line", **more: Value) -> Node:
    """A path of class ``name``."""
    return tag("path", {"class": name, "d": d, **more})


def _shown(value: Value) -> str:
    if isinstance(value, str):
        return escape(value, quote=True)
    return f"{value:.2f}".rstrip("0").rstrip(".")
