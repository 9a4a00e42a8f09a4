"""Takes a construct out of a model, as if the code that reads it were switched off.

A case that stands for a row of the support table must fail on such a model;
for a row that is only metadata it must not.
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from engine.ports.runtime import Compiled
from engine.runtime import SpiffRuntime
from engine.runtime.compiler import compile_file
from engine.runtime.describe import describe
from engine.runtime.lint import constructs, model, names
from engine.runtime.lint.support import Row

Change = Callable[[etree._Element], None]
TASK = f"{{{names.BPMN}}}task"
KEPT = ("incoming", "outgoing")


class Unchecked(SpiffRuntime):
    """The runtime without its validator, which would refuse a broken model at once."""

    def compile(self, source: bytes, name: str) -> Compiled:
        definitions, _ = compile_file(source, name)
        return Compiled(processes=tuple(map(describe, definitions.values())))


def without(row: Row, source: bytes) -> bytes:
    """The model with every use of the row's construct taken out."""
    root = etree.fromstring(source)
    change = _change_for(row)
    # Materialised first: the model must not change while it is read.
    for key, element in list(constructs.used(model.build(root))):
        if key == row.key:
            change(element)
    return etree.tostring(root)


def _change_for(row: Row) -> Change:
    if row.key in _CHANGES:
        return _CHANGES[row.key]
    if row.family in ("activities", "gateways"):
        return _plain_task
    if row.family == "events" and not row.key.startswith("timer-"):
        return _remove_with_flows if row.key.endswith("-none") else _no_definitions
    return _remove


def _plain_task(element: etree._Element) -> None:
    for child in list(element):
        if names.bpmn_name(child) not in KEPT:
            element.remove(child)
    element.tag = TASK


def _no_definitions(element: etree._Element) -> None:
    for child in list(element):
        local = names.bpmn_name(child)
        if local.endswith("EventDefinition") or local == "eventDefinitionRef":
            element.remove(child)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _remove_with_flows(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    for flow in names.children(parent, "sequenceFlow"):
        if element.get("id") in (flow.get("sourceRef"), flow.get("targetRef")):
            parent.remove(flow)
    parent.remove(element)


def _no_attribute(name: str) -> Change:
    return lambda element: _drop(element, name)


def _drop(element: etree._Element, name: str) -> None:
    element.attrib.pop(name, None)


def _no_condition(element: etree._Element) -> None:
    for child in names.children(element, "conditionExpression"):
        element.remove(child)


def _one_flow(end: str) -> Change:
    def change(element: etree._Element) -> None:
        parent = element.getparent()
        assert parent is not None
        flows = [
            flow
            for flow in names.children(parent, "sequenceFlow")
            if flow.get(end) == element.get("id")
        ]
        for flow in flows[1:]:
            parent.remove(flow)

    return change


_CHANGES: dict[str, Change] = {
    "compensation-handler": _no_attribute("isForCompensation"),
    "start-quantity": _no_attribute("startQuantity"),
    "completion-quantity": _no_attribute("completionQuantity"),
    "multi-instance-parallel": _remove,
    "multi-instance-sequential": _no_attribute("isSequential"),
    "multi-instance-behavior-one": _no_attribute("behavior"),
    "multi-instance-behavior-none": _no_attribute("behavior"),
    "standard-loop": _remove,
    "event-sub-process": _remove,
    "conditional-flow": _no_condition,
    "conditional-flow-activity": _no_condition,
    "default-flow": _no_attribute("default"),
    "default-flow-activity": _no_attribute("default"),
    "implicit-split": _one_flow("sourceRef"),
    "implicit-merge": _one_flow("targetRef"),
    "event-definition-ref": _remove,
    "sub-process": _plain_task,
    "task": _remove_with_flows,
    "manual-task": _remove_with_flows,
}
