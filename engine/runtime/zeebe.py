"""Camunda 8's extension elements, and their standard BPMN counterparts, as our objects.

Everything is read from attributes and text; nothing here decides what is
allowed, the validator does.
"""

from __future__ import annotations

from typing import cast

from lxml import etree

from engine.ports.runtime import Binding
from engine.runtime import listening
from engine.runtime.expression import Expression, Listed, Static, value_of
from engine.runtime.findings import Findings
from engine.runtime.mapping import Mapping
from engine.runtime.task import Job, Work

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
Xml = etree._Element


def extension(xml: Xml, name: str) -> Xml | None:
    """The first ``zeebe:name`` among the element's extensions."""
    return xml.find(f"{BPMN}extensionElements/{ZEEBE}{name}")


def attribute(xml: Xml, name: str, key: str) -> str | None:
    """One attribute of an extension element."""
    found = extension(xml, name)
    return None if found is None else found.get(key)


def headers(xml: Xml) -> dict[str, str]:
    """``zeebe:taskHeaders``."""
    return _headers(xml, f"{BPMN}extensionElements/{ZEEBE}taskHeaders/{ZEEBE}header")


def _headers(xml: Xml, path: str) -> dict[str, str]:
    found = xml.findall(path)
    return {header.get("key", ""): header.get("value", "") for header in found}


def mappings(xml: Xml, kind: str, findings: Findings) -> tuple[Mapping, ...]:
    """``zeebe:ioMapping``: ``kind`` is ``input`` or ``output``."""
    made = []
    for entry in xml.findall(f"{BPMN}extensionElements/{ZEEBE}ioMapping/{ZEEBE}{kind}"):
        source = findings.parsed(value_of, entry.get("source"), entry)
        path = tuple(part.strip() for part in entry.get("target", "").split("."))
        if all(path):
            made.append(Mapping(source or Static(""), path))
    return tuple(made)


def job(xml: Xml, findings: Findings) -> Job | None:
    """``zeebe:taskDefinition`` with its headers and priority."""
    definition = extension(xml, "taskDefinition")
    if definition is None:
        return None
    kind = findings.parsed(value_of, definition.get("type"), definition)
    return Job(
        type=kind or Static(""),
        retries=findings.parsed(value_of, definition.get("retries"), definition),
        priority=_value(xml, "jobPriorityDefinition", "priority", findings),
        headers=headers(xml),
    )


_TASK_GROUPS = {"creating": listening.CREATING, "completing": listening.COMPLETING}
_GROUPS = {"start": listening.START, "end": listening.END}


def listeners(xml: Xml, findings: Findings) -> dict[int, tuple[listening.Listener, ...]]:
    """``zeebe:executionListeners`` and ``zeebe:taskListeners``, by group, in document order."""
    found: dict[int, list[listening.Listener]] = {}
    own = headers(xml)
    for holder, part, groups in (
        ("executionListeners", "executionListener", _GROUPS),
        ("taskListeners", "taskListener", _TASK_GROUPS),
    ):
        for each in xml.findall(f"{BPMN}extensionElements/{ZEEBE}{holder}/{ZEEBE}{part}"):
            group = groups.get((each.get("eventType") or "").strip())
            if group is None:
                continue
            asked = Job(
                type=findings.parsed(value_of, each.get("type"), each) or Static(""),
                retries=findings.parsed(value_of, each.get("retries"), each),
                headers=own | _headers(each, f"{ZEEBE}taskHeaders/{ZEEBE}header"),
            )
            found.setdefault(group, []).append(listening.Listener(group=group, job=asked))
    return {group: tuple(each) for group, each in found.items()}


def binding(xml: Xml | None) -> tuple[Binding, str | None]:
    """``bindingType`` and ``versionTag`` of a reference to another resource."""
    if xml is None:
        return "latest", None
    return cast(Binding, xml.get("bindingType", "latest")), xml.get("versionTag")


def work(xml: Xml, lane: str | None, findings: Findings) -> Work:
    """Who does a user task: the assignment, else the potential owners, else the lane."""
    form = extension(xml, "formDefinition")
    form_binding, tag = binding(form)
    who = _assignment(xml, findings)
    if not any(who.values()):
        who = _owners(xml, findings)
    if not any(who.values()) and lane:
        who = {"candidate_groups": _listed([lane])}
    return Work(
        **who,
        due=_value(xml, "taskSchedule", "dueDate", findings),
        follow_up=_value(xml, "taskSchedule", "followUpDate", findings),
        priority=_value(xml, "priorityDefinition", "priority", findings),
        form_id=_value(xml, "formDefinition", "formId", findings),
        form_binding=form_binding,
        form_version_tag=tag,
        external_form=_value(xml, "formDefinition", "externalReference", findings)
        or _value(xml, "formDefinition", "formKey", findings),
        headers=headers(xml),
    )


def _value(xml: Xml, name: str, key: str, findings: Findings) -> Expression | None:
    found = extension(xml, name)
    return None if found is None else findings.parsed(value_of, found.get(key), found)


def _assignment(xml: Xml, findings: Findings) -> dict[str, Expression | None]:
    return {
        "assignee": _value(xml, "assignmentDefinition", "assignee", findings),
        "candidate_groups": _value(xml, "assignmentDefinition", "candidateGroups", findings),
        "candidate_users": _value(xml, "assignmentDefinition", "candidateUsers", findings),
    }


def _owners(xml: Xml, findings: Findings) -> dict[str, Expression | None]:
    """Standard BPMN: ``humanPerformer`` is the assignee, ``potentialOwner`` who may."""
    groups: list[str] = []
    users: list[str] = []
    feel: Expression | None = None
    for owner in xml.findall(f"{BPMN}potentialOwner"):
        for text in _named(owner):
            if text.startswith("="):
                feel = findings.parsed(value_of, text, owner)
            elif text.startswith("user(") and text.endswith(")"):
                users.append(text[5:-1].strip())
            else:
                groups.append(text[6:-1].strip() if text.startswith("group(") else text)
    performers = [*xml.findall(f"{BPMN}humanPerformer"), *xml.findall(f"{BPMN}performer")]
    names = [name for performer in performers for name in _named(performer)]
    return {
        "assignee": findings.parsed(value_of, names[0], xml) if names else None,
        "candidate_groups": feel or _listed(groups),
        "candidate_users": _listed(users),
    }


def _named(owner: Xml) -> list[str]:
    reference = owner.findtext(f"{BPMN}resourceRef")
    if reference:
        wanted = local(reference)
        for resource in owner.getroottree().getroot().iter(f"{BPMN}resource"):
            if resource.get("id") == wanted:
                return [resource.get("name") or wanted]
        return [wanted]
    text = owner.findtext(f"{BPMN}resourceAssignmentExpression/{BPMN}formalExpression") or ""
    text = text.strip()
    if text.startswith("="):
        return [text]
    return [part.strip() for part in text.split(",") if part.strip()]


def _listed(names: list[str]) -> Expression | None:
    return Listed(names) if names else None


def local(reference: str) -> str:
    """A QName's local part: references may carry a prefix."""
    return reference.strip().rpartition(":")[2]


def flag(xml: Xml, name: str, default: bool) -> bool:
    """A boolean attribute of XML: ``true`` and ``1`` are the same."""
    text = (xml.get(name) or "").strip()
    return default if not text else text in ("true", "1")
