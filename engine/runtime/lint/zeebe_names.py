"""The ``zeebe`` extension elements: where each may stand and what it may hold."""

from __future__ import annotations

from typing import NamedTuple

from engine.runtime.lint.model import ACTIVITIES, EVENTS
from engine.runtime.lint.names import words

JOBS = words("serviceTask sendTask scriptTask businessRuleTask intermediateThrowEvent endEvent")
BINDINGS = frozenset(("latest", "deployment", "versionTag"))


class Extension(NamedTuple):
    """Hosts, required and optional attributes, children."""

    hosts: frozenset[str]
    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    children: frozenset[str] = frozenset()


def _extension(
    hosts: str | frozenset[str], required: str = "", optional: str = "", children: str = ""
) -> Extension:
    places = frozenset(hosts.split()) if isinstance(hosts, str) else hosts
    return Extension(
        places,
        frozenset(required.split()),
        frozenset(optional.split()),
        frozenset(children.split()),
    )


ANY: frozenset[str] = frozenset()

EXTENSIONS: dict[str, Extension] = {
    "assignmentDefinition": _extension(
        "userTask", optional="assignee candidateGroups candidateUsers"
    ),
    "taskSchedule": _extension("userTask", optional="dueDate followUpDate"),
    "priorityDefinition": _extension("userTask", required="priority"),
    "formDefinition": _extension(
        "userTask startEvent",
        optional="formId formKey bindingType versionTag externalReference",
    ),
    "userTask": _extension("userTask"),
    "userTaskForm": _extension("process", optional="id"),
    "taskDefinition": _extension(JOBS, required="type", optional="retries"),
    "taskHeaders": _extension(JOBS | {"userTask"}, children="header"),
    "ioMapping": _extension(ACTIVITIES | EVENTS, children="input output"),
    "calledElement": _extension(
        "callActivity",
        required="processId",
        optional="propagateAllChildVariables propagateAllParentVariables bindingType versionTag",
    ),
    "calledDecision": _extension(
        "businessRuleTask",
        required="decisionId resultVariable",
        optional="bindingType versionTag",
    ),
    "script": _extension("scriptTask", required="expression resultVariable"),
    "loopCharacteristics": _extension(
        "multiInstanceLoopCharacteristics",
        optional="inputCollection inputElement outputCollection outputElement",
    ),
    "subscription": _extension("message", optional="correlationKey"),
    "publishMessage": _extension(
        "sendTask intermediateThrowEvent endEvent",
        optional="messageId timeToLive correlationKey",
    ),
    "versionTag": _extension("process", required="value"),
    "properties": _extension(ANY, children="property"),
    "executionListeners": _extension(ANY, children="executionListener"),
    "taskListeners": _extension("userTask", children="taskListener"),
    "adHoc": _extension(
        "adHocSubProcess", optional="activeElementsCollection outputCollection outputElement"
    ),
    "linkedResources": _extension(JOBS, children="linkedResource"),
    "conditionalFilter": _extension(
        "conditionalEventDefinition", optional="variableNames variableEvents"
    ),
    "jobPriorityDefinition": _extension(JOBS | {"process"}, required="priority"),
}
PARTS: dict[str, Extension] = {
    "input": _extension("ioMapping", required="target", optional="source"),
    "output": _extension("ioMapping", required="target", optional="source"),
    "header": _extension("taskHeaders", required="key", optional="value"),
    "property": _extension("properties", optional="name value"),
    "executionListener": _extension(ANY, required="eventType type", optional="retries"),
    "taskListener": _extension(ANY, required="eventType type", optional="retries"),
    "linkedResource": _extension(
        ANY, optional="resourceId resourceType linkName bindingType versionTag"
    ),
}
BOOLEANS = frozenset(("propagateAllChildVariables", "propagateAllParentVariables"))
