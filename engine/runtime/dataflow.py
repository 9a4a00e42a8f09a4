"""Data associations that compute: a transformation or assignments, as mappings.

An input makes a local variable, an output writes outside, like ``zeebe:input``
and ``zeebe:output``. An association that only draws a line moves nothing.
"""

from __future__ import annotations

from lxml import etree

from engine.runtime.expression import feel_of
from engine.runtime.findings import Findings
from engine.runtime.mapping import Mapping
from engine.runtime.zeebe import BPMN, local

Xml = etree._Element


def associations(xml: Xml, kind: str, findings: Findings) -> tuple[Mapping, ...]:
    """Mappings of ``dataInputAssociation`` or ``dataOutputAssociation`` (kind: Input, Output)."""
    made = []
    for association in xml.findall(f"{BPMN}data{kind}Association"):
        for part, target in moves(association):
            source = findings.parsed(feel_of, "".join(part.itertext()), part)
            if source is not None:
                made.append(Mapping(source, tuple(name.strip() for name in target.split("."))))
    return tuple(made)


def moves(association: Xml) -> list[tuple[Xml, str]]:
    """Each computed value's expression and the variable it goes to, in the standard's order."""
    found = [
        (part, variable_of(association)) for part in association.findall(f"{BPMN}transformation")
    ]
    for assignment in association.findall(f"{BPMN}assignment"):
        source, target = assignment.find(f"{BPMN}from"), assignment.find(f"{BPMN}to")
        text = "" if target is None else "".join(target.itertext()).strip()
        if source is not None:
            found.append((source, text.removeprefix("=").strip()))
    return found


def variable_of(association: Xml) -> str:
    """The variable that stands for the association's target, empty when there is none."""
    wanted = local(association.findtext(f"{BPMN}targetRef") or "")
    target = _by_id(association, wanted)
    if target is None:
        return ""
    if target.tag == f"{BPMN}dataObjectReference":
        return local(target.get("dataObjectRef") or "")
    if target.tag == f"{BPMN}dataObject":
        return wanted
    return target.get("name") or wanted


def _by_id(xml: Xml, wanted: str) -> Xml | None:
    # Only an association that computes asks, so the walk is rare.
    for found in xml.getroottree().getroot().iter(etree.Element):
        if wanted and found.get("id") == wanted:
            return found
    return None
