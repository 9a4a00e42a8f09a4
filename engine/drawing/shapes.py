"""How each kind of shape looks."""

from __future__ import annotations

from engine.drawing.marks import REPEATS, TASKS, event_sign, gateway_sign, placed
from engine.drawing.scene import Box, Shape
from engine.drawing.svg import Node, path, tag
from engine.drawing.words import LINE, block, wrapped

_CONTAINERS = ("subProcess", "transaction", "adHocSubProcess")


def is_container(shape: Shape) -> bool:
    """Pools, lanes and open sub-processes: drawn first, other shapes stand on them."""
    if shape.kind in ("participant", "lane", "group"):
        return True
    return shape.kind in _CONTAINERS and shape.expanded


def figure(shape: Shape) -> tuple[Node, ...]:
    """The parts of one shape."""
    if shape.kind in ("participant", "lane"):
        return _pool(shape)
    if shape.kind.endswith("Event"):
        return _event(shape)
    if shape.kind.endswith("Gateway"):
        return _gateway(shape)
    if shape.kind == "textAnnotation":
        return _note(shape)
    if shape.kind.startswith("data"):
        return _data(shape)
    if shape.kind == "group":
        return (_rectangle(shape.box, "bpmn-group", 10.0), *_below(shape))
    return _activity(shape)


def _rectangle(box: Box, name: str, round_: float = 0.0) -> Node:
    bounds = {"x": box.x, "y": box.y, "width": box.width, "height": box.height, "rx": round_}
    return tag("rect", {"class": name, **bounds})


def _pool(shape: Shape) -> tuple[Node, ...]:
    box, band = shape.box, 30.0
    if shape.horizontal:
        x, y = box.x + band / 2, box.y + box.height / 2
        line = f"M{box.x + band:.1f} {box.y:.1f}v{box.height:.1f}"
        turn = f"rotate(-90 {x:.1f} {y:.1f})"
        lines = wrapped(shape.name, box.height - 10, 2)
        title = tag("g", {"transform": turn}, block(lines, x, y, "bpmn-text bpmn-title"))
    else:
        line = f"M{box.x:.1f} {box.y + band:.1f}h{box.width:.1f}"
        lines = wrapped(shape.name, box.width - 10, 2)
        x, y = box.x + box.width / 2, box.y + band / 2
        title = block(lines, x, y, "bpmn-text bpmn-title")
    return _rectangle(box, f"bpmn-{shape.kind}"), path(line), title


def _activity(shape: Shape) -> tuple[Node, ...]:
    box = shape.box
    look = "bpmn-box bpmn-dotted" if shape.by_event else "bpmn-box"
    parts = [_rectangle(box, look, 10.0)]
    if shape.kind == "transaction":
        inner = Box(x=box.x + 3, y=box.y + 3, width=box.width - 6, height=box.height - 6)
        parts.append(_rectangle(inner, "bpmn-line", 8.0))
    if shape.kind in TASKS:
        parts.append(placed(box.x + 14, box.y + 14, *TASKS[shape.kind]))
    start = box.x + box.width / 2 - (len(shape.marks) - 1) * 8
    for number, mark in enumerate(shape.marks):
        sign = path(REPEATS[mark])
        parts.append(placed(start + number * 16, box.y + box.height - 10, sign))
    lines = wrapped(shape.name, box.width - 14, max(int((box.height - 12) // LINE), 1))
    x, y = box.middle
    if shape.kind in _CONTAINERS and shape.expanded:
        y = box.y + 12 + (len(lines) - 1) * LINE / 2
    elif shape.marks:
        y -= 4
    elif shape.kind in TASKS:
        y += 4
    return *parts, block(lines, x, y)


def _event(shape: Shape) -> tuple[Node, ...]:
    (x, y), radius = shape.box.middle, shape.box.width / 2
    ends = shape.kind == "endEvent"
    dashed: dict[str, str | float] = {} if shape.interrupting else {"stroke-dasharray": "4 3"}
    look = "bpmn-box bpmn-thick" if ends else "bpmn-box"
    parts = [tag("circle", {"class": look, "cx": x, "cy": y, "r": radius, **dashed})]
    if shape.kind not in ("startEvent", "endEvent"):
        inner = {"cx": x, "cy": y, "r": radius - 3, **dashed}
        parts.append(tag("circle", {"class": "bpmn-line", **inner}))
    sign = event_sign(shape.event, throwing=shape.throwing)
    return *parts, placed(x, y, *sign) if sign else "", *_below(shape)


def _gateway(shape: Shape) -> tuple[Node, ...]:
    box, (x, y) = shape.box, shape.box.middle
    corners = f"{x},{box.y} {box.x + box.width},{y} {x},{box.y + box.height} {box.x},{y}"
    diamond = tag("polygon", {"class": "bpmn-box", "points": corners})
    return diamond, placed(x, y, *gateway_sign(shape.kind)), *_below(shape)


def _note(shape: Shape) -> tuple[Node, ...]:
    box = shape.box
    bracket = f"M{box.x + 10:.1f} {box.y:.1f}h-10v{box.height:.1f}h10"
    lines = wrapped(shape.name, box.width - 10, max(int(box.height // LINE), 1))
    return path(bracket), block(lines, box.x + box.width / 2, box.y + box.height / 2)


def _data(shape: Shape) -> tuple[Node, ...]:
    box, ear = shape.box, 10.0
    if shape.kind.startswith("dataStore"):
        outline = (
            f"M{box.x:.1f} {box.y + 6:.1f}c0-8 {box.width:.1f}-8 {box.width:.1f} 0"
            f"v{box.height - 12:.1f}c0 8-{box.width:.1f} 8-{box.width:.1f} 0z"
            f"c0 8 {box.width:.1f} 8 {box.width:.1f} 0"
        )
        return path(outline, "bpmn-box"), *_below(shape)
    outline = (
        f"M{box.x:.1f} {box.y:.1f}h{box.width - ear:.1f}l{ear} {ear}v{box.height - ear:.1f}"
        f"h-{box.width:.1f}zm{box.width - ear:.1f} 0v{ear}h{ear}"
    )
    return path(outline, "bpmn-box"), *_below(shape)


def _below(shape: Shape) -> tuple[Node, ...]:
    """The name where the analyst put it, else below the shape."""
    if not shape.name:
        return ()
    label = shape.label
    lines = wrapped(shape.name, max(label.width if label else 0.0, 90.0), 4)
    x, _ = (label or shape.box).middle
    top = label.y if label else shape.box.y + shape.box.height + 4
    return (block(lines, x, top + len(lines) * LINE / 2, "bpmn-text bpmn-label"),)
