"""Loop characteristics out of the XML: Camunda 8's extension and standard BPMN."""

from __future__ import annotations

from lxml import etree

from engine.runtime import zeebe
from engine.runtime.eventreader import EventReader
from engine.runtime.expression import Expression, Feel, feel_of, value_of
from engine.runtime.findings import Findings
from engine.runtime.loop import Loop, MultiInstance, StandardLoop
from engine.runtime.zeebe import BPMN, local

Xml = etree._Element


def read_loop(xml: Xml, findings: Findings, events: EventReader) -> Loop | None:
    """The activity's loop, None without one."""
    multi = xml.find(f"{BPMN}multiInstanceLoopCharacteristics")
    if multi is not None:
        return _multi_instance(multi, findings, events)
    standard = xml.find(f"{BPMN}standardLoopCharacteristics")
    return None if standard is None else _standard(standard, findings)


def _multi_instance(xml: Xml, findings: Findings, events: EventReader) -> MultiInstance:
    extra = zeebe.extension(xml, "loopCharacteristics")
    read = findings.parsed
    cardinality = read(feel_of, _text(xml, "loopCardinality"), xml)
    collection: Expression | None = read(feel_of, _reference(xml, "loopDataInputRef"), xml)
    item, element = _item(xml, "inputDataItem"), read(feel_of, _item(xml, "outputDataItem"), xml)
    output_item, output = _item(xml, "outputDataItem"), _reference(xml, "loopDataOutputRef")
    if extra is not None:
        collection = read(value_of, extra.get("inputCollection"), extra) or collection
        item = extra.get("inputElement") or item
        output = extra.get("outputCollection") or output
        element = read(feel_of, extra.get("outputElement"), extra) or element
        output_item = _plain_name(element) or output_item
    if collection is None and cardinality is None:
        findings.error(
            "multi-instance-extent",
            xml,
            "a multi-instance needs an input collection or a cardinality",
            "hoạt động lặp nhiều bản phải có tập đầu vào hoặc số lần lặp",
        )
    behavior = xml.get("behavior", "All")
    return MultiInstance(
        sequential=zeebe.flag(xml, "isSequential", False),
        collection=collection,
        cardinality=cardinality,
        item=item,
        output_collection=output,
        output_element=element,
        output_item=output_item,
        condition=read(feel_of, _text(xml, "completionCondition"), xml),
        behavior=behavior,
        thrown=events.thrown_by(xml, xml.get(f"{behavior.lower()}BehaviorEventRef")),
    )


def _standard(xml: Xml, findings: Findings) -> StandardLoop:
    maximum = (xml.get("loopMaximum") or "").strip()
    return StandardLoop(
        condition=findings.parsed(feel_of, _text(xml, "loopCondition"), xml),
        maximum=int(maximum) if maximum.isdigit() else None,
        test_before=zeebe.flag(xml, "testBefore", False),
    )


def _text(xml: Xml, tag: str) -> str | None:
    found = xml.find(f"{BPMN}{tag}")
    return None if found is None else "".join(found.itertext())


def _reference(xml: Xml, tag: str) -> str | None:
    """A data reference names the data object behind it, or the variable itself."""
    text = (_text(xml, tag) or "").strip()
    if not text:
        return None
    wanted = local(text)
    for found in xml.getroottree().getroot().iter(f"{BPMN}dataObjectReference"):
        if found.get("id") == wanted and found.get("dataObjectRef"):
            return found.get("dataObjectRef")
    return wanted


def _item(xml: Xml, tag: str) -> str | None:
    found = xml.find(f"{BPMN}{tag}")
    return None if found is None else found.get("name") or found.get("id")


def _plain_name(element: Feel | None) -> str | None:
    # A bare name is kept local to the instance, so parallel instances do not share it.
    return element.text if element is not None and element.text.isidentifier() else None
