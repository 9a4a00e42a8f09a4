"""A BPMN file as the rules see it: scopes, nodes, flows and named definitions.

Built in one pass without recursion. It tolerates every fault: a missing target
or id leaves a gap here, and the rule that looks for it says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from engine.runtime.lint import names
from engine.runtime.lint.names import words

TASKS = words(
    "task manualTask userTask scriptTask serviceTask businessRuleTask sendTask receiveTask"
)
SUB_PROCESSES = words("subProcess transaction adHocSubProcess")
ACTIVITIES = TASKS | SUB_PROCESSES | {"callActivity"}
GATEWAYS = words(
    "exclusiveGateway parallelGateway inclusiveGateway complexGateway eventBasedGateway"
)
EVENTS = words("startEvent endEvent boundaryEvent intermediateCatchEvent intermediateThrowEvent")
NODES = ACTIVITIES | GATEWAYS | EVENTS
DEFINITION = "EventDefinition"


@dataclass(slots=True, eq=False)
class Flow:
    """A sequence flow; an end that is not in the file is None."""

    element: etree._Element
    source: Node | None = None
    target: Node | None = None

    @property
    def condition(self) -> etree._Element | None:
        """Its condition, if it has one."""
        return self.element.find(f"{{{names.BPMN}}}conditionExpression")


@dataclass(slots=True, eq=False)
class Node:
    """A flow node: activity, gateway or event."""

    element: etree._Element
    kind: str
    scope: Scope
    incoming: list[Flow] = field(default_factory=list)
    outgoing: list[Flow] = field(default_factory=list)
    boundaries: list[Node] = field(default_factory=list)
    definitions: list[etree._Element] = field(default_factory=list)
    inner: Scope | None = None

    @property
    def id(self) -> str:
        """Its id as written."""
        return self.element.get("id") or ""

    @property
    def event(self) -> str:
        """``none``, ``message``, ``timer`` ... or ``multiple``, ``parallelMultiple``."""
        return event_kind(self.element, self.definitions)

    def has(self, kind: str) -> bool:
        """Whether one of its event definitions is of that kind."""
        return any(definition_kind(item) == kind for item in self.definitions)

    @property
    def triggered(self) -> bool:
        """Whether this is an event sub-process."""
        return self.kind in SUB_PROCESSES and names.flag(self.element, "triggeredByEvent", False)

    @property
    def handler(self) -> bool:
        """Whether this is a compensation handler."""
        return self.kind in ACTIVITIES and names.flag(self.element, "isForCompensation", False)


@dataclass(slots=True, eq=False)
class Scope:
    """A process or sub-process with what stands directly in it."""

    element: etree._Element
    kind: str
    parent: Scope | None = None
    node: Node | None = None
    depth: int = 0
    nodes: list[Node] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)

    @property
    def executable(self) -> bool:
        """Whether the process it belongs to is meant to run."""
        top = self
        while top.parent is not None:
            top = top.parent
        return names.flag(top.element, "isExecutable", False)

    @property
    def event_sub_process(self) -> bool:
        """Whether it is an event sub-process."""
        return self.node is not None and self.node.triggered


@dataclass(slots=True, eq=False)
class Model:
    """One file."""

    root: etree._Element
    by_id: dict[str, etree._Element] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    scopes: list[Scope] = field(default_factory=list)
    associations: list[etree._Element] = field(default_factory=list)

    def find(self, value: str | None, local: str) -> etree._Element | None:
        """The element a reference means, if it exists and is of that kind."""
        for key in ((value or "").strip(), names.reference(value)):
            found = self.by_id.get(key)
            if found is not None and names.bpmn_name(found) == local:
                return found
        return None

    def node(self, value: str | None) -> Node | None:
        """The flow node a reference means."""
        return self.nodes.get((value or "").strip()) or self.nodes.get(names.reference(value))

    @property
    def processes(self) -> list[Scope]:
        """Processes, in document order."""
        return [scope for scope in self.scopes if scope.kind == "process"]

    def running_nodes(self) -> list[Node]:
        """Flow nodes of executable processes."""
        return [node for scope in self.scopes if scope.executable for node in scope.nodes]

    def running_elements(self) -> Iterator[etree._Element]:
        """Elements of the file without processes that are only drawn."""
        for child in self.root.iterchildren(etree.Element):
            drawn = names.bpmn_name(child) == "process" and not names.flag(
                child, "isExecutable", False
            )
            if not drawn:
                yield from child.iter(etree.Element)

    def all_nodes(self) -> list[Node]:
        """Every flow node, by scope."""
        return [node for scope in self.scopes for node in scope.nodes]


def definition_kind(element: etree._Element) -> str:
    """``timer`` for a ``timerEventDefinition``."""
    kind = names.bpmn_name(element).removesuffix(DEFINITION)
    return {"compensate": "compensation"}.get(kind, kind)


def event_kind(element: etree._Element, definitions: list[etree._Element]) -> str:
    """How BPMN calls an event with these definitions."""
    if not definitions:
        return "none"
    if len(definitions) == 1:
        return definition_kind(definitions[0])
    return "parallelMultiple" if names.flag(element, "parallelMultiple", False) else "multiple"


def build(root: etree._Element) -> Model:
    """Read a file whose root is ``definitions``."""
    model = Model(root)
    owners: dict[etree._Element, Scope] = {}
    flows: list[tuple[Flow, Scope]] = []
    for element in root.iter(etree.Element):
        local = names.bpmn_name(element)
        if (key := element.get("id")) and not _is_diagram(element):
            model.by_id.setdefault(key, element)
        if local == "process":
            owners[element] = _open(model, Scope(element, local))
        elif local in NODES:
            _add_node(model, element, local, owners)
        elif local == "sequenceFlow" and (scope := _owner(element, owners)) is not None:
            flows.append((Flow(element), scope))
        elif local == "association":
            model.associations.append(element)
    _connect(model, flows)
    return model


def _is_diagram(element: etree._Element) -> bool:
    return names.split(str(element.tag))[0] in (names.BPMNDI, names.DI, names.DC)


def _owner(element: etree._Element, owners: dict[etree._Element, Scope]) -> Scope | None:
    parent = element.getparent()
    return owners.get(parent) if parent is not None else None


def _open(model: Model, scope: Scope) -> Scope:
    model.scopes.append(scope)
    return scope


def _add_node(
    model: Model, element: etree._Element, local: str, owners: dict[etree._Element, Scope]
) -> None:
    scope = _owner(element, owners)
    if scope is None:
        return
    node = Node(element, local, scope)
    scope.nodes.append(node)
    if node.id:
        model.nodes.setdefault(node.id, node)
    if local in SUB_PROCESSES:
        node.inner = Scope(element, local, parent=scope, node=node, depth=scope.depth + 1)
        owners[element] = _open(model, node.inner)


def _connect(model: Model, flows: list[tuple[Flow, Scope]]) -> None:
    for flow, scope in flows:
        scope.flows.append(flow)
        flow.source = model.node(flow.element.get("sourceRef"))
        flow.target = model.node(flow.element.get("targetRef"))
        if flow.source is not None:
            flow.source.outgoing.append(flow)
        if flow.target is not None:
            flow.target.incoming.append(flow)
    for node in model.all_nodes():
        if node.kind in EVENTS:
            node.definitions = _definitions(model, node.element)
        if node.kind == "boundaryEvent":
            host = model.node(node.element.get("attachedToRef"))
            if host is not None:
                host.boundaries.append(node)


def _definitions(model: Model, element: etree._Element) -> list[etree._Element]:
    found = []
    for child in element:
        local = names.bpmn_name(child)
        if local == "eventDefinitionRef":
            target = model.by_id.get(names.reference(child.text))
            if target is not None and names.bpmn_name(target).endswith(DEFINITION):
                found.append(target)
        elif local.endswith(DEFINITION):
            found.append(child)
    return found
