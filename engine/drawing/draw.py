"""A scene as one SVG element with a title, each element findable by its id.

``states`` puts a class on elements (``active``, ``done``, ``incident``,
``missed``) and ``names`` replaces texts by those of another language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from math import hypot
from typing import Final

from engine.drawing.scene import Edge, Point, Scene, Shape
from engine.drawing.shapes import figure, is_container
from engine.drawing.svg import Node, path, tag
from engine.drawing.words import LINE, block, wrapped

_MARGIN: Final = 12.0
_CORNER: Final = 5.0


def draw(
    scene: Scene,
    *,
    title: str | None = None,
    states: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
    prefix: str = "bpmn",
) -> Node:
    """The picture. ``prefix`` keeps ids apart when a page shows several."""
    states, names = states or {}, names or {}
    shapes = [replace(shape, name=names.get(shape.id, shape.name)) for shape in scene.shapes]
    edges = [replace(edge, name=names.get(edge.id, edge.name)) for edge in scene.edges]
    below = [shape for shape in shapes if is_container(shape)]
    above = [shape for shape in shapes if not is_container(shape)]
    parts = [
        *(_group(one.id, one.kind, states, *figure(one)) for one in below),
        *(_group(one.id, one.kind, states, *_line(one, prefix)) for one in edges),
        *(_group(one.id, one.kind, states, *figure(one)) for one in above),
    ]
    x, y, width, height = _frame(shapes, edges)
    heading = f"{prefix}-title"
    return tag(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "bpmn",
            "role": "img",
            "aria-labelledby": heading,
            "viewBox": f"{x:.0f} {y:.0f} {width:.0f} {height:.0f}",
            "width": width,
            "height": height,
        },
        tag("title", {"id": heading}, text=title or scene.title or "BPMN"),
        tag("defs", {}, *_arrows(prefix)),
        *parts,
    )


def _group(id_: str, kind: str, states: Mapping[str, str], *inside: Node) -> Node:
    state = f" is-{states[id_]}" if id_ in states else ""
    return tag("g", {"class": f"bpmn-{kind}{state}", "data-element": id_}, *inside)


def _arrows(prefix: str) -> Iterator[Node]:
    for name, shape, kind in (
        ("flow", "M0 0 10 5 0 10Z", "bpmn-solid"),
        ("message", "M1 1 10 5 1 9Z", "bpmn-box"),
        ("open", "M0 0 10 5 0 10", "bpmn-line"),
    ):
        size = {"markerWidth": 9.0, "markerHeight": 9.0, "refX": 10.0, "refY": 5.0}
        frame = {"id": f"{prefix}-{name}", "viewBox": "-1 -1 12 12", "orient": "auto"}
        yield tag("marker", {**frame, **size}, path(shape, kind))


def _line(edge: Edge, prefix: str) -> Iterator[Node]:
    style: dict[str, str | float] = {}
    if edge.kind == "sequenceFlow":
        style["marker-end"] = f"url(#{prefix}-flow)"
    elif edge.kind == "messageFlow":
        style |= {"marker-end": f"url(#{prefix}-message)", "stroke-dasharray": "8 5"}
    else:
        style["stroke-dasharray"] = "2 4"
        if edge.kind.startswith("data"):
            style["marker-end"] = f"url(#{prefix}-open)"
    yield path(_rounded(edge.points), "bpmn-line", **style)
    (x, y), (to_x, to_y) = edge.points[0], edge.points[1]
    length = hypot(to_x - x, to_y - y) or 1.0
    along = ((to_x - x) / length, (to_y - y) / length)
    if edge.default:
        yield path(_slash(x, y, along))
    if edge.conditional:
        yield path(_diamond(x, y, along), "bpmn-box")
    if edge.name:
        yield _caption(edge)


def _rounded(points: tuple[Point, ...]) -> str:
    """The way through the points with round corners."""
    written = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for number, (x, y) in enumerate(points[1:], start=1):
        if number == len(points) - 1:
            written.append(f"L{x:.1f} {y:.1f}")
            continue
        before, after = (
            _towards(points[number], points[number - 1]),
            _towards(points[number], points[number + 1]),
        )
        written.append(
            f"L{before[0]:.1f} {before[1]:.1f}Q{x:.1f} {y:.1f} {after[0]:.1f} {after[1]:.1f}"
        )
    return "".join(written)


def _towards(corner: Point, other: Point) -> Point:
    length = hypot(other[0] - corner[0], other[1] - corner[1]) or 1.0
    step = min(_CORNER, length / 2) / length
    return corner[0] + (other[0] - corner[0]) * step, corner[1] + (other[1] - corner[1]) * step


def _slash(x: float, y: float, along: Point) -> str:
    middle_x, middle_y = x + along[0] * 10, y + along[1] * 10
    across = (along[0] * 0.5 - along[1] * 0.87, along[1] * 0.5 + along[0] * 0.87)
    return (
        f"M{middle_x - across[0] * 6:.1f} {middle_y - across[1] * 6:.1f}"
        f"L{middle_x + across[0] * 6:.1f} {middle_y + across[1] * 6:.1f}"
    )


def _diamond(x: float, y: float, along: Point) -> str:
    side = (-along[1] * 5, along[0] * 5)
    mid, end = (x + along[0] * 8, y + along[1] * 8), (x + along[0] * 16, y + along[1] * 16)
    return (
        f"M{x:.1f} {y:.1f}L{mid[0] + side[0]:.1f} {mid[1] + side[1]:.1f}"
        f"L{end[0]:.1f} {end[1]:.1f}L{mid[0] - side[0]:.1f} {mid[1] - side[1]:.1f}Z"
    )


def _caption(edge: Edge) -> Node:
    if edge.label is not None:
        x, top = edge.label.middle[0], edge.label.y
        lines = wrapped(edge.name, max(edge.label.width + 12, 60.0), 4)
    else:
        longest = max(pairwise(edge.points), key=lambda ends: hypot(
            ends[1][0] - ends[0][0], ends[1][1] - ends[0][1]
        ))  # fmt: skip
        x = (longest[0][0] + longest[1][0]) / 2
        lines = wrapped(edge.name, 90.0, 3)
        top = (longest[0][1] + longest[1][1]) / 2 - len(lines) * LINE - 3
    return block(lines, x, top + len(lines) * LINE / 2, "bpmn-text bpmn-label")


def _frame(shapes: list[Shape], edges: list[Edge]) -> tuple[float, float, float, float]:
    boxes = [box for shape in shapes for box in (shape.box, shape.label) if box is not None]
    boxes += [edge.label for edge in edges if edge.label is not None]
    points = [point for edge in edges for point in edge.points]
    left = min([*(box.x for box in boxes), *(x for x, _ in points)]) - _MARGIN
    top = min([*(box.y for box in boxes), *(y for _, y in points)]) - _MARGIN
    right = max([*(box.x + box.width for box in boxes), *(x for x, _ in points)]) + _MARGIN
    # Names below events without a place of their own need room under the last shape.
    bottom = max([*(box.y + box.height for box in boxes), *(y for _, y in points)]) + 3 * _MARGIN
    return left, top, right - left, bottom - top
