"""What lint and scenarios need to know of a diagram: nodes, lanes, tasks, bindings, texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engine import xml
from engine.errors import InvalidInput
from engine.packages.model import Package, Resource

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
# specialist+radiation@ubnd-20242, also as a part of a FEEL text.
_SKILL = re.compile(r"\+([a-z0-9-]+)@")
FLOW_NODES = {
    BPMN + name
    for name in re.findall(
        r"\w+",
        "task userTask manualTask scriptTask serviceTask businessRuleTask sendTask receiveTask"
        " callActivity subProcess transaction adHocSubProcess startEvent endEvent boundaryEvent"
        " intermediateCatchEvent intermediateThrowEvent exclusiveGateway parallelGateway"
        " inclusiveGateway complexGateway eventBasedGateway",
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTask:
    """A user task as drawn; ``form_id`` None when the diagram names no form.

    ``inside`` are the sub-processes around it, which stand in a lane for it; ``skill``
    is one its groups ask for, ``timed`` says that a boundary timer watches it.
    """

    id: str
    name: str
    line: int
    form_id: str | None
    form_line: int
    external_form: bool
    assigned: bool
    inside: tuple[str, ...]
    skill: str | None = None
    timed: bool = False
    dated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A called process or decision, or a linked form."""

    kind: str
    id: str
    element_id: str
    line: int
    binding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A lane and the nodes in it."""

    id: str
    name: str
    line: int
    nodes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram:
    """One BPMN file; ``elements`` maps ids to (name, line) and ``text`` is every FEEL in it."""

    resource: str
    elements: dict[str, tuple[str, int]]
    flows: dict[str, tuple[str, int]]
    ends: tuple[str, ...]
    lanes: tuple[Lane, ...]
    user_tasks: tuple[UserTask, ...]
    references: tuple[Reference, ...]
    messages: dict[str, int]
    text: str


def read_diagrams(package: Package) -> tuple[Diagram, ...]:
    """The package's diagrams; a file that is no XML is left to the validator."""
    found = (_read(resource, package) for resource in package.of("bpmn"))
    return tuple(one for one in found if one is not None)


def _read(resource: Resource, package: Package) -> Diagram | None:
    try:
        root: Any = xml.parse(resource.content, resource.name)
    except InvalidInput:
        return None
    nodes = [one for one in root.iter() if one.tag in FLOW_NODES and one.get("id")]
    return Diagram(
        resource=resource.name,
        elements={one.get("id"): (one.get("name") or "", one.sourceline) for one in nodes},
        flows={
            one.get("id"): (one.get("name") or "", one.sourceline)
            for one in root.iter(BPMN + "sequenceFlow")
        },
        ends=tuple(one.get("id") for one in nodes if one.tag == BPMN + "endEvent"),
        lanes=tuple(_lane(one) for one in root.iter(BPMN + "lane")),
        user_tasks=tuple(_user_task(one, package) for one in nodes if one.tag == BPMN + "userTask"),
        references=tuple(_references(root)),
        messages={one.get("name") or "": one.sourceline for one in root.iter(BPMN + "message")},
        text="\n".join(_texts(root)),
    )


def _lane(lane: Any) -> Lane:
    return Lane(
        id=lane.get("id") or "",
        name=lane.get("name") or "",
        line=lane.sourceline,
        nodes=tuple((one.text or "").strip() for one in lane.findall(BPMN + "flowNodeRef")),
    )


def _user_task(task: Any, package: Package) -> UserTask:
    form = next(task.iter(ZEEBE + "formDefinition"), None)
    form_id = form.get("formId") if form is not None else None
    external = form is not None and bool(form.get("externalReference") or form.get("formKey"))
    if form is None:
        form_id = _by_convention(task.get("id"), package)
    assignment = next(task.iter(ZEEBE + "assignmentDefinition"), None)
    assigned = assignment is not None
    groups = assignment.get("candidateGroups") or "" if assignment is not None else ""
    skill = _SKILL.search(groups)
    return UserTask(
        id=task.get("id"),
        name=task.get("name") or "",
        line=task.sourceline,
        form_id=form_id,
        form_line=form.sourceline if form is not None else task.sourceline,
        external_form=external,
        inside=tuple(one.get("id") for one in task.iterancestors() if one.tag in FLOW_NODES),
        assigned=assigned or next(task.iter(BPMN + "potentialOwner"), None) is not None,
        skill=skill[1] if skill else None,
        timed=any(_watches(event, task.get("id")) for event in _boundaries(task)),
        dated=_has_due_date(task),
    )


def _boundaries(task: Any) -> Iterator[Any]:
    yield from task.getparent().iterchildren(BPMN + "boundaryEvent")


def _watches(event: Any, task_id: str) -> bool:
    timer = event.find(BPMN + "timerEventDefinition")
    return event.get("attachedToRef") == task_id and timer is not None


def _has_due_date(task: Any) -> bool:
    schedule = next(task.iter(ZEEBE + "taskSchedule"), None)
    return schedule is not None and bool(schedule.get("dueDate"))


def _by_convention(element_id: str, package: Package) -> str | None:
    wanted = f"forms/{element_id}.form"
    return element_id if any(one.name == wanted for one in package.of("form")) else None


def _references(root: Any) -> Iterator[Reference]:
    for kind, tag, name in (
        ("form", "formDefinition", "formId"),
        ("decision", "calledDecision", "decisionId"),
        ("process", "calledElement", "processId"),
    ):
        for one in root.iter(ZEEBE + tag):
            host = one.getparent().getparent()
            if one.get(name):
                yield Reference(
                    kind=kind,
                    id=one.get(name),
                    element_id=host.get("id") or "",
                    line=one.sourceline,
                    binding=one.get("bindingType") or "latest",
                )


def _texts(root: Any) -> Iterator[str]:
    for one in root.iter():
        if isinstance(one.tag, str) and one.tag.startswith((BPMN, ZEEBE)):
            if one.text and one.text.strip():
                yield one.text
            yield from (value for name, value in one.attrib.items() if name not in ("id", "name"))
