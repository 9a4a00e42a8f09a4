"""Small signs: what kind of task, what kind of event, how an activity repeats.

Each sign is drawn around the point (0, 0) and moved to its place.
"""

from __future__ import annotations

from typing import Final

from engine.drawing.svg import Node, path, tag

_GEAR: Final = (
    "M0-6 1.4-6 2-4.2 3.4-3.5 5.1-4.4 6-3.4 5-1.8 5.4-.4 7 .2V1.6L5.3 2 4.6 3.4 5.4 5 4.4 6"
    " 2.8 5.1 1.4 5.6.8 7.3H-.6L-1.1 5.6-2.5 5-4.2 5.8-5.2 4.8-4.3 3.2-4.8 1.8-6.4 1.2V-.2"
    "L-4.8-.7-4.2-2.1-5-3.7-4-4.7-2.4-3.8-1-4.3-.4-6Z"
)
TASKS: Final[dict[str, tuple[Node, ...]]] = {
    "userTask": (
        tag("circle", {"class": "bpmn-line", "cx": 0.0, "cy": -3.0, "r": 3.2}),
        path("M-6 7C-6 2-3 1 0 1S6 2 6 7Z"),
    ),
    "serviceTask": (
        path(_GEAR),
        tag("circle", {"class": "bpmn-line", "cx": 0.3, "cy": 0.6, "r": 2.0}),
    ),
    "scriptTask": (path("M-5-6H4C1-3 7 2 3 7H-6C-2 3-8-2-5-6ZM-3-3H2M-3 0H3M-3 3H2"),),
    "businessRuleTask": (path("M-7-5H7V6H-7ZM-7-1.5H7M-2-1.5V6M-7 2.2H7"),),
    "sendTask": (path("M-7-5H7V5H-7ZM-7-5 0 1 7-5", "bpmn-solid"),),
    "receiveTask": (path("M-7-5H7V5H-7ZM-7-5 0 1 7-5"),),
    "manualTask": (path("M-7-2C-4-6-1-5 0-4H6V-2H1H7V0H1H6.5V2H1H5.5V4H-3L-7 2Z"),),
}
EVENTS: Final[dict[str, str]] = {
    "message": "M-8-5.5H8V5.5H-8ZM-8-5.5 0 1 8-5.5",
    "signal": "M0-8 8 6H-8Z",
    "error": "M-7 7-3-6 2 2 7-8 3 6-2-2Z",
    "escalation": "M0-8 6 8 0 2-6 8Z",
    "conditional": "M-6-8H6V8H-6ZM-4-5H4M-4-1.7H4M-4 1.7H4M-4 5H4",
    "compensate": "M0-5V5L-8 0ZM8-5V5L0 0Z",
    "cancel": "M-6-8 0-2 6-8 8-6 2 0 8 6 6 8 0 2-6 8-8 6-2 0-8-6Z",
    "link": "M-8-3H2V-7L9 0 2 7V3H-8Z",
    "multiple": "M0-8 8-2 5 7H-5L-8-2Z",
    "parallelMultiple": "M-2.5-8H2.5V-2.5H8V2.5H2.5V8H-2.5V2.5H-8V-2.5H-2.5Z",
}
REPEATS: Final[dict[str, str]] = {
    "loop": "M-3 5A5.5 5.5 0 1 1 2 5.4M-3 5-6.5 5M-3 5-3.5 1.6",
    "parallel": "M-4-5V5M0-5V5M4-5V5",
    "sequential": "M-5-4H5M-5 0H5M-5 4H5",
    "compensation": "M0-4V4L-6 0ZM6-4V4L0 0Z",
    "adHoc": "M-6 1C-3-5 0-1 1 0S4 3 6-2V1C3 6 0 3-1 2S-4-1-6 4Z",
    "plus": "M-6-6H6V6H-6ZM0-4V4M-4 0H4",
}


def placed(x: float, y: float, *inside: Node) -> Node:
    """Signs moved to their place."""
    return tag("g", {"transform": f"translate({x:.1f} {y:.1f})"}, *inside)


def _ring(radius: float, name: str = "bpmn-line") -> Node:
    return tag("circle", {"class": name, "cx": 0.0, "cy": 0.0, "r": radius})


def event_sign(event: str, *, throwing: bool) -> tuple[Node, ...]:
    """The sign of an event; thrown ones are filled."""
    if event == "terminate":
        return (tag("circle", {"class": "bpmn-solid", "cx": 0.0, "cy": 0.0, "r": 10.0}),)
    if event == "timer":
        face = tag("circle", {"class": "bpmn-line", "cx": 0.0, "cy": 0.0, "r": 9.0})
        return face, path("M0-6V0L4 2M0-9V-7M0 9V7M-9 0H-7M9 0H7")
    if event not in EVENTS:
        return ()
    return (path(EVENTS[event], "bpmn-solid" if throwing else "bpmn-line"),)


def gateway_sign(kind: str) -> tuple[Node, ...]:
    """The sign inside a gateway."""
    if kind == "exclusiveGateway":
        return (path("M-7-8-3-8 0-2.6 3-8H7L2 0 7 8H3L0 2.6-3 8H-7L-2 0Z", "bpmn-solid"),)
    if kind == "parallelGateway":
        return (path("M-1.5-10H1.5V-1.5H10V1.5H1.5V10H-1.5V1.5H-10V-1.5H-1.5Z", "bpmn-solid"),)
    if kind == "inclusiveGateway":
        return (_ring(10.0, "bpmn-line bpmn-thick"),)
    if kind == "complexGateway":
        return (path("M0-11V11M-11 0H11M-7.5-7.5 7.5 7.5M7.5-7.5-7.5 7.5", "bpmn-line bpmn-thick"),)
    return _ring(12.0), _ring(9.5), path("M0-6 6-1.5 3.6 5H-3.6L-6-1.5Z")
