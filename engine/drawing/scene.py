"""What is to be drawn: shapes and edges of a BPMN file with the elements they stand for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from engine import xml

_DI: Final = "{http://www.omg.org/spec/BPMN/20100524/DI}"
_DC: Final = "{http://www.omg.org/spec/DD/20100524/DC}"
_POINT: Final = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
_LIMIT: Final = 1_000_000.0
Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Bounds in pixels of the drawing."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> Point:
        """The centre."""
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A node, lane, pool, artifact or data. ``kind`` is the BPMN element's name.

    ``event`` is the kind of event (``timer``, ``message``, ``multiple`` ...),
    ``marks`` are what stands at the bottom of an activity.
    """

    id: str
    kind: str
    name: str
    box: Box
    label: Box | None = None
    event: str = ""
    marks: tuple[str, ...] = ()
    horizontal: bool = True
    expanded: bool = False
    interrupting: bool = True
    throwing: bool = False
    by_event: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A flow or association; ``kind`` is ``sequenceFlow``, ``messageFlow`` or another line."""

    id: str
    kind: str
    name: str
    points: tuple[Point, ...]
    label: Box | None = None
    default: bool = False
    conditional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Everything of the first diagram of a file, outermost first."""

    shapes: tuple[Shape, ...]
    edges: tuple[Edge, ...]
    title: str


def read_scene(source: bytes, name: str) -> Scene | None:
    """The drawing of a file; None when it holds none. ``InvalidInput`` as the XML parser says."""
    root: Any = xml.parse(source, name)
    elements = {one.get("id"): one for one in root.iter() if one.get("id")}
    plane = next(root.iter(f"{_DI}BPMNPlane"), None)
    if plane is None:
        return None
    defaults = {one.get("default") for one in root.iter() if one.get("default")}
    shapes = [
        shape
        for drawn in plane.iter(f"{_DI}BPMNShape")
        if (shape := _shape(drawn, elements)) is not None
    ]
    edges = [
        edge
        for drawn in plane.iter(f"{_DI}BPMNEdge")
        if (edge := _edge(drawn, elements, defaults)) is not None
    ]
    return Scene(shapes=tuple(shapes), edges=tuple(edges), title=_title(root)) if shapes else None


def _title(root: Any) -> str:
    names = [one.get("name") for one in root.iter() if xml.local_name(str(one.tag)) == "process"]
    return next((" ".join(name.split()) for name in names if name), "")


def _shape(drawn: Any, elements: dict[str, Any]) -> Shape | None:
    element, box = elements.get(drawn.get("bpmnElement")), _box(drawn.find(f"{_DC}Bounds"))
    if element is None or box is None:
        return None
    kind = xml.local_name(element.tag)
    return Shape(
        id=element.get("id"),
        kind=kind,
        name=_words(element, kind),
        box=box,
        label=_label(drawn),
        event=_event(element, kind),
        marks=tuple(_marks(element, kind, drawn)),
        horizontal=drawn.get("isHorizontal", "true") != "false",
        expanded=drawn.get("isExpanded", "true") != "false",
        interrupting=element.get("cancelActivity", element.get("isInterrupting", "true"))
        != "false",
        by_event=element.get("triggeredByEvent") == "true",
        throwing=kind in ("intermediateThrowEvent", "endEvent"),
    )


def _words(element: Any, kind: str) -> str:
    if kind == "textAnnotation":
        texts = [one.text or "" for one in element if xml.local_name(str(one.tag)) == "text"]
        return " ".join(" ".join(texts).split())
    return " ".join((element.get("name") or "").split())


def _event(element: Any, kind: str) -> str:
    if not kind.endswith("Event"):
        return ""
    found = [
        name.removesuffix("EventDefinition")
        for one in element
        if (name := xml.local_name(str(one.tag))).endswith("EventDefinition")
        or name == "eventDefinitionRef"
    ]
    if len(found) > 1:
        return "parallelMultiple" if element.get("parallelMultiple") == "true" else "multiple"
    return found[0] if found else ""


def _marks(element: Any, kind: str, drawn: Any) -> list[str]:
    marks = []
    for one in element:
        name = xml.local_name(str(one.tag))
        if name == "standardLoopCharacteristics":
            marks.append("loop")
        elif name == "multiInstanceLoopCharacteristics":
            marks.append("sequential" if one.get("isSequential") == "true" else "parallel")
    if element.get("isForCompensation") == "true":
        marks.append("compensation")
    if kind == "adHocSubProcess":
        marks.append("adHoc")
    closed = kind.endswith("ubProcess") or kind == "transaction"
    if kind == "callActivity" or (closed and drawn.get("isExpanded") == "false"):
        marks.append("plus")
    return marks


def _edge(drawn: Any, elements: dict[str, Any], defaults: set[str]) -> Edge | None:
    element = elements.get(drawn.get("bpmnElement"))
    points = tuple(_point(one) for one in drawn.iter(_POINT))
    if element is None or len(points) < 2:
        return None
    source = elements.get(element.get("sourceRef") or "")
    condition = any(xml.local_name(str(one.tag)) == "conditionExpression" for one in element)
    from_gateway = source is not None and xml.local_name(source.tag).endswith("Gateway")
    return Edge(
        id=element.get("id"),
        kind=xml.local_name(element.tag),
        name=_words(element, ""),
        points=points,
        label=_label(drawn),
        default=element.get("id") in defaults,
        conditional=condition and not from_gateway,
    )


def _label(drawn: Any) -> Box | None:
    label = drawn.find(f"{_DI}BPMNLabel")
    return None if label is None else _box(label.find(f"{_DC}Bounds"))


def _box(bounds: Any) -> Box | None:
    if bounds is None:
        return None
    x, y, width, height = (_number(bounds.get(name)) for name in ("x", "y", "width", "height"))
    return Box(x=x, y=y, width=max(width, 0.0), height=max(height, 0.0))


def _point(point: Any) -> Point:
    return _number(point.get("x")), _number(point.get("y"))


def _number(text: str | None) -> float:
    """A coordinate; nonsense counts as 0 and nothing leaves a sheet of a million pixels."""
    try:
        value = float(text or 0)
    except ValueError:
        return 0.0
    return min(max(value, -_LIMIT), _LIMIT) if value == value else 0.0
