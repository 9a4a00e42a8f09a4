"""Warnings about shapes that stall or never stop, found on the flow graph alone."""

from __future__ import annotations

from engine.runtime.lint.dominance import Graph, components, dominators
from engine.runtime.lint.findings import Report, Rule, warning
from engine.runtime.lint.model import Flow, Model, Node, Scope
from engine.runtime.lint.names import words
from engine.runtime.lint.reach import entries, links_of, successors

RULES: dict[str, Rule] = {
    "split-join-mismatch": warning(
        "Cổng song song '{id}' chờ các nhánh mà cổng '{split}' chỉ chọn một: sẽ chờ mãi.",
        "Parallel join '{id}' needs all branches of '{split}', which takes one: it waits for ever.",
        "Gộp bằng cổng loại trừ, hoặc tách bằng cổng song song.",
        "Join with an exclusive gateway, or split with a parallel one.",
    ),
    "endless-loop": warning(
        "Vòng lặp qua '{id}' chạy tự động và không có gì trong đó làm nó dừng.",
        "The loop through '{id}' runs by itself, and nothing in it can make it stop.",
        "Thêm bước chờ người, hẹn giờ, hoặc điều kiện thoát phụ thuộc vào bước bên trong.",
        "Add a human step, a timer, or an exit whose condition depends on a step inside.",
    ),
}
_CHOICES = frozenset(("exclusiveGateway", "eventBasedGateway"))
_WAITING = words(
    "userTask receiveTask serviceTask sendTask businessRuleTask callActivity "
    "intermediateCatchEvent eventBasedGateway"
)
_CHANGING = frozenset(("scriptTask", "businessRuleTask", "serviceTask", "callActivity"))
MAX_JOIN = 40


def check(model: Model, report: Report) -> None:
    """Every scope of executable processes by itself."""
    for scope in model.scopes:
        if scope.executable and scope.nodes:
            _loops(scope, report)
            _joins(scope, report)


def _loops(scope: Scope, report: Report) -> None:
    links = links_of(scope)
    number = {node: index for index, node in enumerate(scope.nodes)}
    graph: Graph = [
        [number[item] for item in successors(node, links) if item in number] for node in scope.nodes
    ]
    for component in components(graph):
        nodes = [scope.nodes[index] for index in component]
        circular = len(nodes) > 1 or component[0] in graph[component[0]]
        if not circular or any(_waits(node) for node in nodes):
            continue
        inside = set(nodes)
        leaves = any(item not in inside for node in nodes for item in successors(node, links))
        if not (leaves and any(_changes(node) for node in nodes)):
            report.add("endless-loop", scope.nodes[min(component)].element)


def _waits(node: Node) -> bool:
    """Whether a token can stop here until something outside happens."""
    if node.kind in _WAITING or node.has("timer"):
        return True
    return node.inner is not None and any(_waits(item) for item in _inside(node))


def _changes(node: Node) -> bool:
    """Whether a round through this node can change what a condition sees."""
    if node.kind in _CHANGING or any("ioMapping" in str(item.tag) for item in node.element.iter()):
        return True
    return node.inner is not None and any(_changes(item) for item in _inside(node))


def _inside(node: Node) -> list[Node]:
    return node.inner.nodes if node.inner is not None else []


def _joins(scope: Scope, report: Report) -> None:
    if not any(node.kind in _CHOICES and len(node.outgoing) > 1 for node in scope.nodes):
        return
    joins = [
        node
        for node in scope.nodes
        if node.kind == "parallelGateway" and 1 < len(node.incoming) <= MAX_JOIN
    ]
    if not joins:
        return
    points: list[Node | Flow] = [*scope.nodes, *scope.flows]
    number = {point: index + 1 for index, point in enumerate(points)}
    graph = _with_edges(scope, points, number)
    parents = dominators(graph)
    for join in joins:
        _join(join, points, number, graph, parents, report)


def _with_edges(scope: Scope, points: list[Node | Flow], number: dict[Node | Flow, int]) -> Graph:
    """The flow graph with every flow as a point of its own; point 0 leads to the entries."""
    links = links_of(scope)
    graph: Graph = [[number[node] for node in entries(scope)]]
    for point in points:
        if isinstance(point, Flow):
            graph.append([number[point.target]] if point.target in number else [])
            continue
        reached = [number[flow] for flow in point.outgoing if flow in number]
        direct = {flow.target for flow in point.outgoing}
        reached += [
            number[node]
            for node in successors(point, links)
            if node not in direct and node in number
        ]
        graph.append(reached)
    return graph


def _join(
    join: Node,
    points: list[Node | Flow],
    number: dict[Node | Flow, int],
    graph: Graph,
    parents: list[int],
    report: Report,
) -> None:
    arrivals = [number[flow] for flow in join.incoming if parents[number[flow]] >= 0]
    depth = {arrival: _ancestors(arrival, parents) for arrival in arrivals}
    splits: set[int] = set()
    for index, first in enumerate(arrivals):
        above = set(depth[first])
        for second in arrivals[index + 1 :]:
            splits.add(next(item for item in depth[second] if item in above))
    for split in sorted(splits):
        point = points[split - 1] if split else None
        if not isinstance(point, Node) or point.kind not in _CHOICES:
            continue
        below = {item for item in arrivals if split in depth[item]}
        for flow in point.outgoing:
            seen = _reach(number[flow], graph, {split, number[join]}) & below
            if seen and seen != below:
                report.add("split-join-mismatch", join.element, split=point.id)
                return


def _ancestors(index: int, parents: list[int]) -> list[int]:
    found = [index]
    while found[-1] != 0:
        found.append(parents[found[-1]])
    return found


def _reach(start: int, graph: Graph, blocked: set[int]) -> set[int]:
    seen = {start}
    stack = [start]
    while stack:
        for item in graph[stack.pop()]:
            if item not in seen and item not in blocked:
                seen.add(item)
                stack.append(item)
    return seen
