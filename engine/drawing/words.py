"""Text inside and below shapes: wrapped by an estimate of widths, the same on every machine."""

from __future__ import annotations

from typing import Final
from unicodedata import normalize

from engine.drawing.svg import Node, tag

SIZE: Final = 12
LINE: Final = 15
_NARROW = frozenset("iljtfrI.,:;'|()[]! ")
_WIDE = frozenset("mwMWĐÔƠ@%—")


def width_of(text: str) -> float:
    """About how many pixels a text needs at the size of labels."""
    total = 0.0
    for letter in normalize("NFC", text):
        base = normalize("NFD", letter)[0]
        if base in _NARROW:
            total += 3.6
        elif base in _WIDE:
            total += 10.0
        else:
            total += 7.8 if base.isupper() else 6.6
    return total


def wrapped(text: str, width: float, most: int) -> list[str]:
    """Lines no wider than ``width``, at most ``most``; what is left out ends in an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        if lines and width_of(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1] + "…"]
    return lines


def block(lines: list[str], x: float, y: float, name: str = "bpmn-text") -> Node:
    """Centred lines around the point; an empty list draws nothing."""
    first = y - (len(lines) - 1) * LINE / 2
    spans = [
        tag("tspan", {"x": x, "y": first + number * LINE, "dy": "0.35em"}, text=line)
        for number, line in enumerate(lines)
    ]
    return tag("text", {"class": name, "text-anchor": "middle", "font-size": SIZE}, *spans)
