"""Readers of flow nodes: SpiffWorkflow's task parsers, building our nodes.

A reader makes one node and fills it; it never walks along flows, so the length
of a process does not matter. What crosses nodes (flows, hosts, links) is tied
by the parser afterwards.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser

from engine.runtime import zeebe
from engine.runtime.adhoc import definitions_for
from engine.runtime.dataflow import associations
from engine.runtime.expression import Static, feel_of, value_of
from engine.runtime.looping import read_loop
from engine.runtime.zeebe import BPMN

if TYPE_CHECKING:
    from engine.runtime.findings import Findings


_GENERATED = re.compile(r"DataObject_[0-9a-z]{7}")


class NodeReader(TaskParser):
    """Id, name, lane, mappings: what every flow node has."""

    @property
    def findings(self) -> Findings:
        """Where to put what is wrong."""
        found: Findings = self.process_parser.findings
        return found

    @property
    def bpmn_attributes(self) -> dict[str, Any]:
        """Without Spiff's data references, whose search may never end."""
        return {"lane": self.lane, "bpmn_name": self.node.get("name")}

    def parse_node(self) -> Any:
        """The node; neither flows nor other nodes are looked at."""
        node = self.create_task()
        node.line = int(self.node.sourceline or 0)
        found = self.findings
        node.mapped_in = zeebe.mappings(self.node, "input", found)
        node.mapped_in += associations(self.node, "Input", found)
        node.mapped_out = zeebe.mappings(self.node, "output", found)
        node.mapped_out += associations(self.node, "Output", found)
        node.listeners = zeebe.listeners(self.node, found)
        self.fill(node)
        return node

    def fill(self, node: Any) -> None:
        """What is special about this kind of node."""


class ActivityReader(NodeReader):
    """Loops, quantities, compensation."""

    def fill(self, node: Any) -> None:
        node.loop = read_loop(self.node, self.findings, self.process_parser.events)
        node.start_quantity = self._quantity("startQuantity")
        node.completion_quantity = self._quantity("completionQuantity")
        node.is_for_compensation = zeebe.flag(self.node, "isForCompensation", False)

    def _quantity(self, name: str) -> int:
        text = self.node.get(name, "1").strip()
        if text.isdigit() and int(text) > 0:
            return int(text)
        self.findings.error(
            "quantity",
            self.node,
            f"{name} must be a whole number from 1 up",
            f"{name} phải là số nguyên từ 1 trở lên",
        )
        return 1


class UserTaskReader(ActivityReader):
    """Assignment, schedule, form."""

    def fill(self, node: Any) -> None:
        super().fill(node)
        node.work = zeebe.work(self.node, self.lane, self.findings)


class JobReader(ActivityReader):
    """Tasks that may be a worker's."""

    def fill(self, node: Any) -> None:
        super().fill(node)
        node.job = zeebe.job(self.node, self.findings)


class SendReader(JobReader):
    """A job, or a message thrown."""

    def fill(self, node: Any) -> None:
        super().fill(node)
        if node.job is None:
            node.definitions = self.process_parser.events.all_of(self.node)


class ScriptReader(JobReader):
    """``zeebe:script``, or standard ``script`` whose text is FEEL."""

    def fill(self, node: Any) -> None:
        super().fill(node)
        script = zeebe.extension(self.node, "script")
        if script is not None:
            node.script = self.findings.parsed(feel_of, script.get("expression"), script)
            node.result = script.get("resultVariable")
        elif node.job is None:
            node.script = self._standard()

    def _standard(self) -> Any:
        wanted = (self.node.get("scriptFormat") or "feel").strip().lower()
        if wanted not in ("feel", "application/feel", "text/feel"):
            self.findings.error(
                "script-format",
                self.node,
                f"scripts are FEEL; '{wanted}' is never run",
                f"chỉ chạy biểu thức FEEL, không chạy '{wanted}'",
            )
            return None
        text = "".join(self.node.xpath("./*[local-name()='script']//text()"))
        return self.findings.parsed(feel_of, text, self.node)


class RuleReader(JobReader):
    """A called decision, or a job."""

    def fill(self, node: Any) -> None:
        super().fill(node)
        called = zeebe.extension(self.node, "calledDecision")
        if called is not None:
            node.decision = self.findings.parsed(value_of, called.get("decisionId"), called)
            node.result = called.get("resultVariable") or "result"
            node.binding, node.version_tag = zeebe.binding(called)


class ReceiveReader(ActivityReader):
    """One message."""

    def fill(self, node: Any) -> None:
        super().fill(node)
        node.definitions = self.process_parser.events.all_of(self.node)
        node.instantiate = zeebe.flag(self.node, "instantiate", False)
        node.parallel = self.node.get("eventGatewayType") == "Parallel"


class CallReader(ActivityReader):
    """``zeebe:calledElement``, or standard ``calledElement``."""

    def fill(self, node: Any) -> None:
        super().fill(node)
        called = zeebe.extension(self.node, "calledElement")
        if called is None:
            plain = zeebe.local(self.node.get("calledElement") or "")
            node.called = Static(plain) if plain else None
            return
        text = called.get("processId") or called.get("processIdExpression")
        node.called = self.findings.parsed(value_of, text, called)
        node.binding, node.version_tag = zeebe.binding(called)
        node.all_in = zeebe.flag(called, "propagateAllParentVariables", True)
        node.all_out = zeebe.flag(called, "propagateAllChildVariables", True)


class ScopeReader(ActivityReader):
    """A sub-process; its content is read by the process parser."""

    def fill(self, node: Any) -> None:
        super().fill(node)
        node.data_objects = data_objects(self.node)


class AdHocReader(ScopeReader):
    """Ordering, what begins, when it is enough."""

    def fill(self, node: Any) -> None:
        super().fill(node)
        node.sequential = self.node.get("ordering") == "Sequential"
        node.cancel_remaining = zeebe.flag(self.node, "cancelRemainingInstances", True)
        node.condition = self.findings.parsed(
            feel_of, text_of(self.node, "completionCondition"), self.node
        )
        active = zeebe.attribute(self.node, "adHoc", "activeElementsCollection")
        node.active = self.findings.parsed(value_of, active, self.node)
        node.definitions = definitions_for(node.condition)


class ComplexReader(NodeReader):
    """Activation condition."""

    def fill(self, node: Any) -> None:
        node.condition = self.findings.parsed(
            feel_of, text_of(self.node, "activationCondition"), self.node
        )


class EventNodeReader(NodeReader):
    """Events: their definitions."""

    def fill(self, node: Any) -> None:
        node.definitions = self.process_parser.events.all_of(self.node)
        if node.is_throwing:
            node.job = zeebe.job(self.node, self.findings)
        else:
            node.parallel = (
                zeebe.flag(self.node, "parallelMultiple", False) and len(node.definitions) > 1
            )


class StartReader(EventNodeReader):
    """Start event."""

    def fill(self, node: Any) -> None:
        super().fill(node)
        node.interrupting = zeebe.flag(self.node, "isInterrupting", True)


class BoundaryReader(EventNodeReader):
    """Boundary event."""

    def fill(self, node: Any) -> None:
        super().fill(node)
        node.interrupting = zeebe.flag(self.node, "cancelActivity", True)


class EventGatewayReader(NodeReader):
    """Event-based gateway."""

    def fill(self, node: Any) -> None:
        node.instantiate = zeebe.flag(self.node, "instantiate", False)
        node.parallel = self.node.get("eventGatewayType") == "Parallel"


def text_of(xml: Any, tag: str) -> str | None:
    """All text inside a child element."""
    found = xml.find(f"{BPMN}{tag}")
    return None if found is None else "".join(found.itertext())


def data_objects(xml: Any) -> tuple[str, ...]:
    """Ids of the data objects declared in this very scope."""
    return tuple(found.get("id") for found in xml.findall(f"{BPMN}dataObject") if found.get("id"))
