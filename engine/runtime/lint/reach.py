"""Reachability: every node can be entered, and joins and loops can be left."""

from __future__ import annotations

from collections.abc import Iterable

from engine.runtime.lint.compensation import associated
from engine.runtime.lint.findings import Report, Rule, error
from engine.runtime.lint.model import Model, Node, Scope
from engine.runtime.lint.references import link_name
from engine.runtime.lint.scopes import instantiates

RULES: dict[str, Rule] = {
    "orphan-node": error(
        "'{id}' không có luồng vào nên không bao giờ được thực hiện.",
        "'{id}' has no incoming flow, so it is never reached.",
        "Nối một luồng tới nó hoặc xóa nó.",
        "Connect a flow to it or remove it.",
    ),
    "unreachable-node": error(
        "Không có đường nào từ sự kiện bắt đầu tới '{id}'.",
        "No path leads from a start event to '{id}'.",
        "Nối nó với phần còn lại của quy trình hoặc xóa nó.",
        "Connect it to the rest of the process or remove it.",
    ),
}


def check(model: Model, report: Report) -> None:
    """Each scope of executable processes by itself."""
    for scope in model.scopes:
        if scope.executable and scope.nodes:
            _scope(model, scope, report)


def entries(scope: Scope) -> list[Node]:
    """Nodes a scope can be entered at without an incoming flow."""
    found = []
    for node in scope.nodes:
        free = scope.kind == "adHocSubProcess" and not node.incoming and not node.has("link")
        if node.kind == "boundaryEvent":
            continue
        opens = node.kind == "startEvent" or instantiates(node)
        if opens or node.triggered or node.handler or free:
            found.append(node)
    return found


def successors(node: Node, links: dict[str, Node]) -> list[Node]:
    """Where a token can appear next: flows, boundary events, the other end of a link."""
    found = [flow.target for flow in node.outgoing if flow.target is not None]
    found += node.boundaries
    if node.kind == "intermediateThrowEvent" and node.has("link"):
        partner = links.get(link_name(node))
        if partner is not None:
            found.append(partner)
    return found


def links_of(scope: Scope) -> dict[str, Node]:
    """Link targets of a scope by name."""
    return {
        link_name(node): node
        for node in scope.nodes
        if node.kind == "intermediateCatchEvent" and node.has("link")
    }


def reached(start: Iterable[Node], links: dict[str, Node]) -> set[Node]:
    """Every node that can be reached from these, themselves included."""
    seen = set(start)
    stack = list(seen)
    while stack:
        for node in successors(stack.pop(), links):
            if node not in seen:
                seen.add(node)
                stack.append(node)
    return seen


def _scope(model: Model, scope: Scope, report: Report) -> None:
    start = entries(scope)
    if not start:
        return  # the missing start is reported already; everything would follow from it
    found = reached(start, links_of(scope))
    for node in scope.nodes:
        if node in found or _reported_elsewhere(model, node):
            continue
        rule = "orphan-node" if not node.incoming else "unreachable-node"
        report.add(rule, node.element)


def _reported_elsewhere(model: Model, node: Node) -> bool:
    """Boundary events without a host, links without a partner, handlers not marked as such."""
    if node.kind == "boundaryEvent":
        return model.node(node.element.get("attachedToRef")) is None
    if node.kind == "intermediateCatchEvent" and node.has("link"):
        return not node.incoming
    if not node.incoming and not node.outgoing:
        return any(
            item.has("compensation")
            for host in node.scope.nodes
            for item in host.boundaries
            if node in associated(model, item)
        )
    return not node.id
