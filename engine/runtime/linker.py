"""Ties the nodes of a process together: flows, defaults, hosts, links, starts.

Runs once per compilation, after all nodes exist; afterwards every node is frozen.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lxml import etree

from engine.runtime import definitions as events
from engine.runtime.activity import Activity
from engine.runtime.adhoc import AdHocSubProcess
from engine.runtime.container import EventSubProcess, ProcessScope, Scope
from engine.runtime.event import BoundaryEvent, CatchEvent, StartEvent, ThrowEvent
from engine.runtime.expression import feel_of
from engine.runtime.findings import Findings
from engine.runtime.flow import Flow
from engine.runtime.gateway import EventGateway, InclusiveGateway
from engine.runtime.node import Node
from engine.runtime.reach import reach
from engine.runtime.spec import ProcessSpec
from engine.runtime.task import ReceiveTask
from engine.runtime.zeebe import BPMN, local

Xml = etree._Element
Found = list[tuple[Xml, Node]]


def link(spec: ProcessSpec, found: Found, findings: Findings) -> None:
    """Tie everything, then freeze."""
    nodes = spec.task_specs
    _flows(nodes, found, findings)
    for xml, node in found:
        if isinstance(node, BoundaryEvent):
            _host(nodes, xml, node, findings)
    _handlers(nodes, found)
    for _, node in found:
        if isinstance(node, Scope):
            _scope(node, [inner for _, inner in found if inner.container is node])
    for _, node in found:
        if isinstance(node, EventGateway):
            _branches(node)
        elif isinstance(node, InclusiveGateway):
            node.reach = tuple(reach(node, flow) for flow in node.incoming)
    spec.start = spec.process
    for node in nodes.values():
        node.frozen = True


def _flows(nodes: dict[str, Node], found: Found, findings: Findings) -> None:
    for scope_xml, scope in found:
        if not isinstance(scope, Scope):
            continue
        for xml in scope_xml.iterfind(f"{BPMN}sequenceFlow"):
            _flow(nodes, xml, findings)
    for xml, node in found:
        default = xml.get("default")
        for flow in node.outgoing:
            if default and flow.id == local(default):
                node.default = flow


def _flow(nodes: dict[str, Node], xml: Xml, findings: Findings) -> None:
    source = nodes.get(local(xml.get("sourceRef") or ""))
    target = nodes.get(local(xml.get("targetRef") or ""))
    if source is None or target is None:
        findings.error(
            "flow-end-missing",
            xml,
            "a sequence flow must lead from an element to an element of this process",
            "luồng phải nối hai phần tử có trong quy trình",
        )
        return
    condition = xml.find(f"{BPMN}conditionExpression")
    text = None if condition is None else "".join(condition.itertext())
    tied = Flow(
        id=xml.get("id") or f"flow-line-{xml.sourceline}",
        source=source,
        target=target,
        condition=findings.parsed(feel_of, text, xml),
        name=xml.get("name"),
    )
    _tie(tied)


def _tie(flow: Flow) -> None:
    flow.source.outgoing.append(flow)
    flow.target.incoming.append(flow)
    # Spiff's own record of inputs and outputs stays true, for its dumps.
    flow.source.connect(flow.target)


def _host(nodes: dict[str, Node], xml: Xml, node: BoundaryEvent, findings: Findings) -> None:
    host = nodes.get(local(xml.get("attachedToRef") or ""))
    if not isinstance(host, Activity):
        findings.error(
            "boundary-host-missing",
            xml,
            "a boundary event must stand on an activity of this process",
            "sự kiện biên phải gắn vào một hoạt động trong quy trình",
        )
        return
    node.host = host
    host.boundaries.append(node)


def _handlers(nodes: dict[str, Node], found: Found) -> None:
    """Associations lead from compensation boundary events to their handlers."""
    for scope_xml, _ in found:
        for xml in scope_xml.iterfind(f"{BPMN}association"):
            ends = [nodes.get(local(xml.get(end) or "")) for end in ("sourceRef", "targetRef")]
            for boundary, handler in (ends, reversed(ends)):
                _handles(boundary, handler)


def _handles(boundary: Node | None, handler: Node | None) -> None:
    if not isinstance(boundary, BoundaryEvent) or not isinstance(handler, Activity):
        return
    if _compensates(boundary) and handler.is_for_compensation:
        boundary.host.handler = handler


def _compensates(node: Node) -> bool:
    return any(isinstance(definition, events.Compensation) for definition in node.definitions)


def _scope(scope: Scope, inner: list[Node]) -> None:
    _links(inner)
    if isinstance(scope, AdHocSubProcess):
        for node in inner:
            if isinstance(node, Activity):
                node.ad_hoc = scope
    scope.event_subs = [node for node in inner if isinstance(node, EventSubProcess)]
    scope.undo_sub = next((esp for esp in scope.event_subs if _undoes(esp)), None)
    starts = [node for node in inner if isinstance(node, StartEvent)]
    if isinstance(scope, EventSubProcess):
        if starts:
            scope.start = starts[0]
            scope.starts = [starts[0]]
        return
    plain = [node for node in starts if not node.definitions]
    if starts:
        scope.starts = list(plain[:1])
    else:
        scope.starts = [node for node in inner if _begins(node)]


def _undoes(esp: EventSubProcess) -> bool:
    inside = (node for node in esp._wf_spec.task_specs.values() if node.container is esp)
    return any(isinstance(node, StartEvent) and _compensates(node) for node in inside)


def _begins(node: Node) -> bool:
    """Without a start event, whatever has no way in begins."""
    if node.incoming or isinstance(node, BoundaryEvent | EventSubProcess):
        return False
    if isinstance(node, Activity) and node.is_for_compensation:
        return False
    if isinstance(node.container, ProcessScope) and waits_for_start(node):
        return False
    return not (isinstance(node, CatchEvent) and _link_name(node) is not None)


def waits_for_start(node: Node) -> bool:
    """An instantiating receive task or event gateway is a start by event."""
    return isinstance(node, ReceiveTask | EventGateway) and node.instantiate and not node.incoming


def _links(inner: Iterable[Node]) -> None:
    targets: dict[str, Node] = {}
    for node in inner:
        name = _link_name(node)
        if isinstance(node, CatchEvent) and name is not None:
            targets[name] = node
    for node in inner:
        name = _link_name(node)
        if isinstance(node, ThrowEvent) and name in targets:
            _tie(Flow(id=None, source=node, target=targets[name]))


def _link_name(node: Node) -> str | None:
    for definition in node.definitions:
        if isinstance(definition, events.Link):
            name: str | None = definition.name
            return name
    return None


def _branches(gateway: EventGateway) -> None:
    pairs: list[tuple[Any, Flow]] = []
    for flow in gateway.outgoing:
        pairs.extend((definition, flow) for definition in flow.target.definitions)
    gateway.definitions = tuple(definition for definition, _ in pairs)
    gateway.branches = tuple(flow for _, flow in pairs)
