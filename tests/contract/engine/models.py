"""Small processes, written out as a modeler saves them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import quoteattr

NAMESPACES = (
    'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
)


def process(
    process_id: str, nodes: Sequence[str], flows: Sequence[str], extra: str = ""
) -> tuple[str, bytes]:
    """A deployable file; a flow is ``source target [condition]``."""
    lines = [
        f'<bpmn:sequenceFlow id="f{number}" sourceRef="{source}" targetRef="{target}">'
        + (f"<bpmn:conditionExpression>{rest[0]}</bpmn:conditionExpression>" if rest else "")
        + "</bpmn:sequenceFlow>"
        for number, (source, target, *rest) in enumerate(flow.split(" ", 2) for flow in flows)
    ]
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?><bpmn:definitions {NAMESPACES} id="d" '
        f'targetNamespace="urn:t">{extra}<bpmn:process id="{process_id}" isExecutable="true">'
        f"{''.join(nodes)}{''.join(lines)}</bpmn:process></bpmn:definitions>"
    )
    return f"{process_id}.bpmn", text.encode()


def start(inner: str = "") -> str:
    return f'<bpmn:startEvent id="start">{inner}</bpmn:startEvent>'


def end(node: str = "end") -> str:
    return f'<bpmn:endEvent id="{node}"/>'


def user_task(node: str, group: str = "") -> str:
    """Offered to ``group``, or to everybody."""
    assignment = f'<zeebe:assignmentDefinition candidateGroups="{group}"/>' if group else ""
    return (
        f'<bpmn:userTask id="{node}" name="{node}"><bpmn:extensionElements><zeebe:userTask/>'
        f"{assignment}</bpmn:extensionElements></bpmn:userTask>"
    )


def service_task(node: str, job_type: str) -> str:
    return (
        f'<bpmn:serviceTask id="{node}"><bpmn:extensionElements>'
        f'<zeebe:taskDefinition type="{job_type}"/></bpmn:extensionElements></bpmn:serviceTask>'
    )


def built_in(node: str, job_type: str, headers: Mapping[str, str]) -> str:
    """A service task with task headers."""
    told = "".join(
        f"<zeebe:header key={quoteattr(key)} value={quoteattr(value)}/>"
        for key, value in headers.items()
    )
    return (
        f'<bpmn:serviceTask id="{node}"><bpmn:extensionElements>'
        f'<zeebe:taskDefinition type="{job_type}"/><zeebe:taskHeaders>{told}</zeebe:taskHeaders>'
        "</bpmn:extensionElements></bpmn:serviceTask>"
    )


def message(name: str, key: str) -> str:
    """A root element ``m_name`` whose subscription correlates by ``key`` (FEEL)."""
    return (
        f'<bpmn:message id="m_{name}" name="{name}"><bpmn:extensionElements>'
        f'<zeebe:subscription correlationKey="={key}"/></bpmn:extensionElements></bpmn:message>'
    )


def catch_message(node: str, name: str) -> str:
    return (
        f'<bpmn:intermediateCatchEvent id="{node}">'
        f'<bpmn:messageEventDefinition messageRef="m_{name}"/></bpmn:intermediateCatchEvent>'
    )


def catch_signal(node: str, name: str) -> str:
    return (
        f'<bpmn:intermediateCatchEvent id="{node}">'
        f'<bpmn:signalEventDefinition signalRef="s_{name}"/></bpmn:intermediateCatchEvent>'
    )


def signal(name: str) -> str:
    return f'<bpmn:signal id="s_{name}" name="{name}"/>'


def timer(duration: str) -> str:
    return (
        "<bpmn:timerEventDefinition><bpmn:timeDuration>"
        f"{duration}</bpmn:timeDuration></bpmn:timerEventDefinition>"
    )
