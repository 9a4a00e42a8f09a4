"""Static reachability for inclusive joins, computed once per compilation."""

from __future__ import annotations

from engine.runtime.event import BoundaryEvent
from engine.runtime.flow import Flow
from engine.runtime.node import Node


def reach(join: Node, way: Flow) -> frozenset[str]:
    """Nodes from which a token can come along ``way`` without passing ``join``.

    A boundary event is reached from its host: the host's token may yet fire it.
    """
    found: set[str] = set()
    todo = [way.source]
    while todo:
        node = todo.pop()
        if node is join or node.name in found:
            continue
        found.add(node.name)
        todo.extend(flow.source for flow in node.incoming)
        if isinstance(node, BoundaryEvent):
            todo.append(node.host)
    return frozenset(found)
