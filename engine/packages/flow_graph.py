"""A package's diagram as the graph the portal's table is walked on.

Codes come from ``portal`` of ``procedure.yml`` and from tasks of type
``motcua:set-status``. Sub-processes are flattened; event sub-processes may
begin at every node of their scope.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from engine import xml
from engine.domain.dossier.walk import Graph
from engine.errors import InvalidInput
from engine.packages.diagram import BPMN, FLOW_NODES, ZEEBE
from engine.packages.model import Package

_WAIT_NAMES = (
    "userTask",
    "serviceTask",
    "sendTask",
    "scriptTask",
    "businessRuleTask",
    "receiveTask",
    "callActivity",
    "intermediateCatchEvent",
    "eventBasedGateway",
)
_WAITS = {BPMN + name for name in _WAIT_NAMES}
_SCOPES = {BPMN + name for name in ("process", "subProcess", "transaction", "adHocSubProcess")}


def read_graph(package: Package, process_id: str) -> Graph | None:
    """The graph of one process; None when no file has it."""
    for resource in package.of("bpmn"):
        try:
            root: Any = xml.parse(resource.content, resource.name)
        except InvalidInput:
            continue
        for process in root.iter(BPMN + "process"):
            if process.get("id") == process_id:
                return _graph(process, package)
    return None


def _graph(process: Any, package: Package) -> Graph:
    nodes = [one for one in process.iter() if one.tag in FLOW_NODES and one.get("id")]
    flows: dict[str, list[str]] = defaultdict(list)
    for flow in process.iter(BPMN + "sequenceFlow"):
        flows[flow.get("sourceRef")].append(flow.get("targetRef"))
    boundary: dict[str, list[str]] = defaultdict(list)
    guarded: dict[str, list[str]] = defaultdict(list)
    for node in nodes:
        if node.tag == BPMN + "boundaryEvent":
            boundary[node.get("attachedToRef")].append(node.get("id"))
        elif node.tag in _SCOPES and node.get("triggeredByEvent") == "true":
            for inner in _inside(node.getparent()):
                guarded[inner] += _starts(node)
        elif node.tag in _SCOPES:
            flows[node.get("id")] += _starts(node)
            for inner in _ends(node):
                flows[inner] += [f.get("targetRef") for f in _leaving(process, node)]
    return Graph(
        starts=tuple(_starts(process)),
        flows={name: tuple(targets) for name, targets in flows.items()},
        boundary={name: tuple(events) for name, events in boundary.items()},
        guarded={name: tuple(starts) for name, starts in guarded.items()},
        codes=_codes(nodes, package),
        waits=frozenset(one.get("id") for one in nodes if one.tag in _WAITS),
    )


def _codes(nodes: list[Any], package: Package) -> dict[str, int]:
    drawn = {node.get("id"): code for node in nodes for code in _set_status(node)}
    named: Any = package.facts.get("portal") or {}
    return drawn | {str(element): int(code) for element, code in named.items()}


def _set_status(node: Any) -> Iterator[int]:
    own = node.find(f"{BPMN}extensionElements")
    task = None if own is None else own.find(f"{ZEEBE}taskDefinition")
    if own is None or task is None or task.get("type") != "motcua:set-status":
        return
    for header in own.iter(f"{ZEEBE}header"):
        text = header.get("value") or ""
        if header.get("key") == "status" and text.isdecimal() and 1 <= int(text) <= 10:
            yield int(text)


def _starts(scope: Any) -> list[str]:
    return [one.get("id") for one in scope.findall(BPMN + "startEvent")]


def _ends(scope: Any) -> list[str]:
    return [one.get("id") for one in scope.findall(BPMN + "endEvent")]


def _leaving(process: Any, node: Any) -> list[Any]:
    return [
        flow
        for flow in process.iter(BPMN + "sequenceFlow")
        if flow.get("sourceRef") == node.get("id")
    ]


def _inside(scope: Any) -> list[str]:
    return [
        one.get("id")
        for one in scope.iter()
        if one.tag in FLOW_NODES
        and one.get("id")
        and not any(
            around.get("triggeredByEvent") == "true" for around in (one, *one.iterancestors())
        )
    ]
