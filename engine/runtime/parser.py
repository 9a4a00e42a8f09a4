"""SpiffWorkflow's parser with our readers: XML to one flat spec per process.

All nodes of all levels are made first, then flows, hosts and links are tied.
Nothing is searched from the start event, so nothing is left out silently and
length costs no recursion. Diagram positions are never looked at.
"""

from __future__ import annotations

from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.ProcessParser import ProcessParser
from SpiffWorkflow.bpmn.parser.util import full_tag

from engine.runtime import (
    adhoc,
    complexgateway,
    container,
    elements,
    event,
    gateway,
    globaltasks,
    task,
    zeebe,
)
from engine.runtime.eventreader import EventReader
from engine.runtime.findings import Findings
from engine.runtime.linker import link
from engine.runtime.node import Node
from engine.runtime.spec import PROCESS, ProcessSpec
from engine.runtime.zeebe import BPMN, flag, local

Xml = etree._Element


class NoneTask(task.JobTask):
    """A task without a kind: passed at once."""

    element_type = "TASK"


class ManualTask(task.JobTask):
    """Work the engine knows nothing of: passed at once."""

    element_type = "MANUAL_TASK"


class ProcessReader(ProcessParser):
    """One process with everything in it."""

    findings: Findings
    events: EventReader

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        # Spiff takes a process for executable unless it says it is not.
        self.process_executable = flag(self.node, "isExecutable", False)

    def _parse(self) -> None:
        self.findings = self.parser.findings
        self.events = EventReader(self.parser, self.findings)
        self.spec = ProcessSpec(self.bpmn_id, self.node.get("name"), self.filename)
        process = container.ProcessScope(self.spec, PROCESS, bpmn_name=self.node.get("name"))
        process.bpmn_id = self.bpmn_id
        process.listeners = zeebe.listeners(self.node, self.findings)
        process.data_objects = elements.data_objects(self.node)
        found: list[tuple[Xml, Node]] = [(self.node, process)]
        for xml, scope in found:
            if isinstance(scope, container.Scope):
                found.extend(self._inside(xml, scope))
        link(self.spec, found, self.findings)

    def _inside(self, xml: Xml, scope: container.Scope) -> list[tuple[Xml, Node]]:
        made: list[tuple[Xml, Node]] = []
        for child in xml:
            reader, cls = self._reader_of(child)
            if reader is None:
                continue
            if not child.get("id") or child.get("id") in self.spec.task_specs:
                self.findings.error(
                    "id-missing" if not child.get("id") else "id-duplicate",
                    child,
                    "every element needs an id of its own",
                    "mỗi phần tử phải có một id riêng, không trùng nhau",
                )
                continue
            # What stands in a sub-process stands in the lane of the sub-process.
            lane = self.get_lane_name(child.get("id")) or scope.lane
            node = reader(self, cls, child, self.nsmap, lane=lane)
            built = node.parse_node()
            built.container = scope
            made.append((child, built))
        return made

    def _reader_of(self, child: Xml) -> tuple[Any, Any]:
        if not isinstance(child.tag, str):
            return None, None
        if child.tag == full_tag("subProcess") and flag(child, "triggeredByEvent", False):
            return elements.ScopeReader, container.EventSubProcess
        reader, cls = self.parser._get_parser_class(child.tag)
        return reader, cls


class ModelReader(BpmnParser):
    """One file."""

    PROCESS_PARSER_CLASS = ProcessReader
    OVERRIDE_PARSER_CLASSES = {  # noqa: RUF012  # Spiff reads it from the class
        full_tag("task"): (elements.ActivityReader, NoneTask),
        full_tag("manualTask"): (elements.ActivityReader, ManualTask),
        full_tag("userTask"): (elements.UserTaskReader, task.UserTask),
        full_tag("serviceTask"): (elements.JobReader, task.ServiceTask),
        full_tag("sendTask"): (elements.SendReader, event.SendTask),
        full_tag("scriptTask"): (elements.ScriptReader, task.ScriptTask),
        full_tag("businessRuleTask"): (elements.RuleReader, task.BusinessRuleTask),
        full_tag("receiveTask"): (elements.ReceiveReader, task.ReceiveTask),
        full_tag("callActivity"): (elements.CallReader, container.CallActivity),
        full_tag("subProcess"): (elements.ScopeReader, container.SubProcess),
        full_tag("transaction"): (elements.ScopeReader, container.Transaction),
        full_tag("adHocSubProcess"): (elements.AdHocReader, adhoc.AdHocSubProcess),
        full_tag("complexGateway"): (elements.ComplexReader, complexgateway.ComplexGateway),
        full_tag("exclusiveGateway"): (elements.NodeReader, gateway.ExclusiveGateway),
        full_tag("parallelGateway"): (elements.NodeReader, gateway.ParallelGateway),
        full_tag("inclusiveGateway"): (elements.NodeReader, gateway.InclusiveGateway),
        full_tag("eventBasedGateway"): (elements.EventGatewayReader, gateway.EventGateway),
        full_tag("startEvent"): (elements.StartReader, event.StartEvent),
        full_tag("endEvent"): (elements.EventNodeReader, event.EndEvent),
        full_tag("intermediateCatchEvent"): (elements.EventNodeReader, event.CatchEvent),
        full_tag("intermediateThrowEvent"): (elements.EventNodeReader, event.ThrowEvent),
        full_tag("boundaryEvent"): (elements.BoundaryReader, event.BoundaryEvent),
    }

    def __init__(self, resource: str) -> None:
        super().__init__()
        self.findings = Findings(resource)
        self.roots: dict[str, Xml] = {}

    def add_bpmn_xml(self, bpmn: Xml, filename: str | None = None) -> None:
        """Take in the whole file; the ids are indexed once."""
        globaltasks.expand(bpmn)
        for found in bpmn.iter():
            if isinstance(found.tag, str) and found.get("id"):
                self.roots.setdefault(str(found.get("id")), found)
        super().add_bpmn_xml(bpmn, filename)

    def anywhere(self, wanted: str) -> Xml | None:
        """The element of this id."""
        return self.roots.get(wanted)

    def by_id(self, kind: str, reference: str) -> Xml | None:
        """The message, signal, error or escalation of this id."""
        found = self.roots.get(local(reference))
        return found if found is not None and found.tag == f"{BPMN}{kind}" else None

    def _get_parser_class(self, tag: str) -> tuple[Any, Any]:
        # Never Spiff's own classes: what has no reader here is the validator's to refuse.
        return self.OVERRIDE_PARSER_CLASSES.get(tag, (None, None))

    def _add_data_stores(self, bpmn: Xml) -> None:
        """Data stores are drawings: Spiff would ask for an implementation of each."""

    def _add_diagram_indexes(self, bpmn: Xml) -> None:
        # The innermost lane comes last in document order and wins; positions stay unread.
        lanes = {}
        for reference in bpmn.iter(f"{BPMN}flowNodeRef"):
            lane = reference.getparent()
            if lane is not None and reference.text:
                lanes[local(reference.text)] = lane.get("name") or lane.get("id")
        key = self._document_key(bpmn)
        self.document_lanes[key] = lanes
        self.document_positions[key] = {}

    def _add_correlations(self, bpmn: Xml) -> None:
        """Standard correlation properties: the validator speaks about them."""

    def _add_messages(self, bpmn: Xml) -> None:
        """Messages, signals, errors and escalations are read by id where they are used."""

    _add_signals = _add_errors = _add_escalations = _add_messages
