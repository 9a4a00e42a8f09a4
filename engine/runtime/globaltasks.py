"""Global tasks as processes of one task, so that a call activity can call them.

Done on the tree before anybody reads it: ``globalUserTask`` "g" becomes an
executable process "g" that holds a user task "g_task". Choreography tasks are
not touched.
"""

from __future__ import annotations

from lxml import etree

from engine.runtime.zeebe import BPMN

Xml = etree._Element
_TASKS = {
    "globalTask": "task",
    "globalManualTask": "manualTask",
    "globalUserTask": "userTask",
    "globalScriptTask": "scriptTask",
    "globalBusinessRuleTask": "businessRuleTask",
}
# Belong to the callable thing, not to the task in it; neither has an effect.
_OF_THE_PROCESS = ("supportedInterfaceRef", "ioBinding")


def expand(root: Xml) -> None:
    """Replace every global task of the file by its process."""
    for name, kind in _TASKS.items():
        for found in root.findall(f"{BPMN}{name}"):
            if found.get("id"):
                _expand(root, found, kind)


def is_made(process: Xml) -> bool:
    """Was this process made here rather than written in the file?"""
    return process.sourceline is None


def _expand(root: Xml, task: Xml, kind: str) -> None:
    name = task.get("id", "")
    process = etree.Element(f"{BPMN}process", id=name, isExecutable="true")
    if task.get("name"):
        process.set("name", task.get("name", ""))
    root.replace(task, process)
    task.tag = f"{BPMN}{kind}"
    task.set("id", f"{name}_task")
    if "scriptLanguage" in task.attrib:
        task.set("scriptFormat", task.attrib.pop("scriptLanguage"))
    for local in _OF_THE_PROCESS:
        for part in task.findall(f"{BPMN}{local}"):
            process.append(part)
    ends = f"{name}_start", f"{name}_end"
    etree.SubElement(process, f"{BPMN}startEvent", id=ends[0])
    process.append(task)
    etree.SubElement(process, f"{BPMN}endEvent", id=ends[1])
    for source, target in ((ends[0], f"{name}_task"), (f"{name}_task", ends[1])):
        flow = f"{source}_{target}"
        etree.SubElement(
            process, f"{BPMN}sequenceFlow", id=flow, sourceRef=source, targetRef=target
        )
