"""Shipped diagrams are drawn so that a person enjoys reading them: nothing crosses or overlaps."""

from __future__ import annotations

from itertools import combinations, pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from engine import xml
from engine.packages.diagram import BPMN

ROOT = Path(__file__).parents[3]
DIAGRAMS = sorted((ROOT / "processes").rglob("*.bpmn"))
BPMNDI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
DI = "{http://www.omg.org/spec/DD/20100524/DI}"


class Box(NamedTuple):
    """Bounds of a shape."""

    x: float
    y: float
    width: float
    height: float

    def holds(self, other: Box) -> bool:
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.x + other.width <= self.x + self.width
            and other.y + other.height <= self.y + self.height
        )

    def touches(self, other: Box) -> bool:
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )


class Drawing:
    """Shapes and edges of one file by element id."""

    def __init__(self, path: Path) -> None:
        self.root: Any = xml.parse(path.read_bytes(), path.name)
        self.boxes = {
            shape.get("bpmnElement"): _box(shape.find(DC + "Bounds"))
            for shape in self.root.iter(BPMNDI + "BPMNShape")
        }
        self.lines = {
            edge.get("bpmnElement"): [
                (float(point.get("x")), float(point.get("y")))
                for point in edge.iter(DI + "waypoint")
            ]
            for edge in self.root.iter(BPMNDI + "BPMNEdge")
        }
        self.flows = {flow.get("id"): flow for flow in self.root.iter(BPMN + "sequenceFlow")}

    def nodes(self, *names: str) -> dict[str, Any]:
        return {one.get("id"): one for name in names for one in self.root.iter(BPMN + name)}


def _box(bounds: Any) -> Box:
    return Box(*(float(bounds.get(name)) for name in ("x", "y", "width", "height")))


def _segments(points: list[tuple[float, float]]) -> list[Box]:
    return [
        Box(min(a[0], b[0]), min(a[1], b[1]), abs(a[0] - b[0]), abs(a[1] - b[1]))
        for a, b in pairwise(points)
    ]


@pytest.fixture(params=DIAGRAMS, ids=lambda path: path.stem)
def drawing(request: pytest.FixtureRequest) -> Drawing:
    return Drawing(request.param)


def test_there_are_diagrams() -> None:
    assert DIAGRAMS


def test_everything_is_drawn_and_named(drawing: Drawing) -> None:
    lanes = drawing.nodes("lane")
    inside = {
        (ref.text or "").strip()
        for lane in lanes.values()
        for ref in lane.iter(BPMN + "flowNodeRef")
    }
    assert set(drawing.flows) == set(drawing.lines)
    assert inside | set(lanes) <= set(drawing.boxes)
    nodes = drawing.nodes("userTask", "businessRuleTask", "exclusiveGateway", "endEvent")
    assert [name for name, node in nodes.items() if not node.get("name")] == []


def test_lines_are_straight_and_no_two_cross(drawing: Drawing) -> None:
    for name, points in drawing.lines.items():
        assert all(box.width == 0 or box.height == 0 for box in _segments(points)), name
    for one, other in combinations(drawing.lines, 2):
        for a in _segments(drawing.lines[one]):
            for b in _segments(drawing.lines[other]):
                crossing = _thick(a).touches(_thick(b))
                assert not crossing, f"{one} crosses {other}"


def test_no_line_runs_through_a_task(drawing: Drawing) -> None:
    tasks = drawing.nodes("userTask", "businessRuleTask", "subProcess")
    for name, points in drawing.lines.items():
        flow = drawing.flows[name]
        for task in tasks:
            ends = (flow.get("sourceRef"), flow.get("targetRef"))
            around = drawing.boxes[task].holds(drawing.boxes[ends[0]])
            if task in ends or around or _attached(drawing, ends[0]) == task:
                continue
            touched = [s for s in _segments(points) if drawing.boxes[task].touches(_thick(s))]
            assert not touched, f"{name} runs through {task}"


def test_every_node_stands_in_its_lane_and_on_no_other(drawing: Drawing) -> None:
    for lane_id, lane in drawing.nodes("lane").items():
        for ref in lane.iter(BPMN + "flowNodeRef"):
            assert drawing.boxes[lane_id].holds(drawing.boxes[(ref.text or "").strip()])
    tasks = drawing.nodes("userTask", "businessRuleTask", "endEvent", "exclusiveGateway")
    for one, other in combinations(tasks, 2):
        assert not drawing.boxes[one].touches(drawing.boxes[other]), f"{one} lies on {other}"


def _attached(drawing: Drawing, element: str) -> str | None:
    event = drawing.nodes("boundaryEvent").get(element)
    return event.get("attachedToRef") if event is not None else None


def _thick(segment: Box) -> Box:
    return Box(*segment[:2], max(segment.width, 0.1), max(segment.height, 0.1))
