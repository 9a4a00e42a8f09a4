"""What a deployment needs to know of a compiled process: starts, form, elements."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from engine.ports.runtime import ProcessInfo, StartInfo
from engine.runtime import definitions as events
from engine.runtime import zeebe
from engine.runtime.compiler import Definition
from engine.runtime.event import StartEvent
from engine.runtime.expression import Expression, Feel
from engine.runtime.linker import waits_for_start
from engine.runtime.node import Node
from engine.runtime.spec import PROCESS


def describe(definition: Definition) -> ProcessInfo:
    """The public face of a compiled process."""
    nodes = definition.spec.task_specs
    top = [node for node in nodes.values() if node.container is definition.process]
    return ProcessInfo(
        process_id=definition.spec.name,
        name=definition.process.bpmn_name,
        version_tag=zeebe.attribute(definition.xml, "versionTag", "value"),
        starts=tuple(start for node in top for start in _starts(node)),
        start_form_id=_start_form(definition),
        elements={
            node.bpmn_id: node.element_type for name, node in nodes.items() if name != PROCESS
        },
    )


def _starts(node: Node) -> list[StartInfo]:
    if isinstance(node, StartEvent):
        if not node.definitions:
            return [StartInfo(element_id=node.bpmn_id, kind="none")]
        needs = sum(map(_comes, node.definitions)) if node.parallel else 0
        infos = [_info(node.bpmn_id, definition) for definition in node.definitions]
        return [replace(info, needs=needs) for info in infos]
    if waits_for_start(node):
        reached = getattr(node, "branches", None)
        if reached is None:
            return [_info(node.bpmn_id, definition) for definition in node.definitions]
        return [
            _info(flow.target.bpmn_id, definition)
            for flow, definition in zip(reached, node.definitions, strict=True)
        ]
    return []


def _comes(definition: Any) -> bool:
    """Whether the event arrives from outside; a condition is looked at when all else is there."""
    return not isinstance(definition, events.Conditional)


def _info(element_id: str, definition: Any) -> StartInfo:
    if isinstance(definition, events.Timer):
        return StartInfo(
            element_id=element_id,
            kind="timer",
            timer_kind=definition.kind,
            expression=_written(definition.value),
        )
    if isinstance(definition, events.Message):
        return StartInfo(element_id=element_id, kind="message", name=definition.name)
    if isinstance(definition, events.Signal):
        return StartInfo(element_id=element_id, kind="signal", name=definition.name)
    if isinstance(definition, events.Conditional):
        return StartInfo(
            element_id=element_id, kind="conditional", expression=definition.expression
        )
    return StartInfo(element_id=element_id, kind="none")


def _written(value: Expression) -> str:
    return f"={value.text}" if isinstance(value, Feel) else value.text


def _start_form(definition: Definition) -> str | None:
    for start in definition.xml.iterfind(f"{zeebe.BPMN}startEvent"):
        found = zeebe.attribute(start, "formDefinition", "formId")
        if found:
            return found
    return None
