"""Namespaces of other engines and what their extensions are called here."""

from __future__ import annotations

from engine.runtime.lint import names

ENGINES: dict[str, str] = {
    "http://camunda.org/schema/1.0/bpmn": "Camunda 7",
    "http://activiti.org/bpmn": "Activiti",
    "http://activiti.com/modeler": "Activiti",
    "http://flowable.org/bpmn": "Flowable",
    "http://flowable.org/design": "Flowable",
    "http://operaton.org/schema/1.0/bpmn": "Operaton",
    "http://www.jboss.org/drools": "jBPM",
    "http://www.jboss.org/drools/flow/gpd": "jBPM",
    "http://jbpm.org/4.4/jpdl": "jBPM",
    "http://spiffworkflow.org/bpmn/schema/1.0/core": "SpiffWorkflow",
    "http://imixs.org/bpmn2": "Imixs",
    "http://www.imixs.org/bpmn2": "Imixs",
}

# What a drawing tool writes for itself. No engine reads it.
DRAWING = frozenset(
    (
        names.ZEEBE,
        names.BPMNDI,
        names.DC,
        names.DI,
        names.XSI,
        names.XML,
        names.MODELER,
        "http://bpmn.io/schema/bpmn/biocolor/1.0",
        "http://www.omg.org/spec/BPMN/non-normative/color/1.0",
        "http://www.omg.org/spec/BPMN/non-normative/extended/1.0",
        "http://www.signavio.com",
        "http://bpmn.sourceforge.net",
        "http://www.bpsim.org/schemas/1.0",
        "http://www.bpsim.org/schemas/2.0",
    )
)

_HINTS: dict[str, str] = {
    "assignee": "zeebe:assignmentDefinition assignee",
    "candidateUsers": "zeebe:assignmentDefinition candidateUsers",
    "candidateGroups": "zeebe:assignmentDefinition candidateGroups",
    "dueDate": "zeebe:taskSchedule dueDate",
    "followUpDate": "zeebe:taskSchedule followUpDate",
    "priority": "zeebe:priorityDefinition priority",
    "formKey": "zeebe:formDefinition formId",
    "formRef": "zeebe:formDefinition formId",
    "formData": "zeebe:formDefinition formId (.form)",
    "formProperty": "zeebe:formDefinition formId (.form)",
    "topic": "zeebe:taskDefinition type",
    "type": "zeebe:taskDefinition type",
    "class": "zeebe:taskDefinition type",
    "delegateExpression": "zeebe:taskDefinition type",
    "expression": "zeebe:taskDefinition type",
    "taskName": "zeebe:taskDefinition type",
    "serviceTaskOperator": "zeebe:taskDefinition type",
    "connector": "zeebe:taskDefinition type",
    "inputOutput": "zeebe:ioMapping",
    "inputParameter": "zeebe:ioMapping > zeebe:input",
    "outputParameter": "zeebe:ioMapping > zeebe:output",
    "in": "zeebe:ioMapping > zeebe:input",
    "out": "zeebe:ioMapping > zeebe:output",
    "preScript": "zeebe:ioMapping > zeebe:input",
    "postScript": "zeebe:ioMapping > zeebe:output",
    "resultVariable": "zeebe:script resultVariable",
    "decisionRef": "zeebe:calledDecision decisionId",
    "calledDecisionId": "zeebe:calledDecision decisionId",
    "collection": "zeebe:loopCharacteristics inputCollection",
    "elementVariable": "zeebe:loopCharacteristics inputElement",
    "calledElementBinding": "zeebe:calledElement bindingType",
    "calledElementVersionTag": "zeebe:calledElement versionTag",
    "versionTag": "zeebe:versionTag value",
    "properties": "zeebe:properties",
    "property": "zeebe:properties > zeebe:property",
    "messageVariable": "zeebe:ioMapping > zeebe:output",
    "messagePayload": "zeebe:ioMapping > zeebe:input",
    "processVariableCorrelation": "zeebe:subscription correlationKey",
    "taskListener": "zeebe:taskListeners",
    "executionListener": "zeebe:executionListeners",
    "failedJobRetryTimeCycle": "zeebe:taskDefinition retries",
}
_NOTHING: dict[str, tuple[str, str]] = {
    name: (
        "Xóa thuộc tính: ở đây mỗi bước đã được lưu an toàn mà không cần nó.",
        "Remove it: every step is stored safely here without it.",
    )
    for name in ("asyncBefore", "asyncAfter", "async", "exclusive", "jobPriority")
} | {
    name: (
        "Xóa thuộc tính: thời hạn lưu là cài đặt của hệ thống.",
        "Remove it: how long history is kept is a setting of the installation.",
    )
    for name in ("historyTimeToLive", "isStartableInTasklist")
}


def hint_for(local: str) -> tuple[str, str]:
    """What to write instead of another engine's extension."""
    if local in _NOTHING:
        return _NOTHING[local]
    if local in _HINTS:
        return f"Dùng {_HINTS[local]}.", f"Use {_HINTS[local]}."
    return (
        "Xóa phần này hoặc vẽ lại bằng hồ sơ Camunda 8.",
        "Remove it or model it again in the Camunda 8 profile.",
    )
