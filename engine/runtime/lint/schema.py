"""Which attributes and children BPMN 2.0.2 gives each element, as far as we read it.

``id`` and the children ``documentation`` and ``extensionElements`` belong to all.
An element that is missing here is unknown; a known one in a wrong place is
misplaced.
"""

from __future__ import annotations

from typing import NamedTuple

from engine.runtime.lint.names import words


class Shape(NamedTuple):
    """Attributes and children of an element besides those all have."""

    attributes: frozenset[str]
    children: frozenset[str]


def _shape(attributes: str = "", children: str = "") -> Shape:
    return Shape(frozenset(attributes.split()), frozenset(children.split()))


ANYWHERE = frozenset(("documentation", "extensionElements"))

EVENT_DEFINITIONS = (
    "messageEventDefinition signalEventDefinition timerEventDefinition errorEventDefinition "
    "escalationEventDefinition conditionalEventDefinition compensateEventDefinition "
    "cancelEventDefinition terminateEventDefinition linkEventDefinition"
)
ARTIFACTS = "textAnnotation association group"
FLOW_ELEMENTS = (
    "sequenceFlow task manualTask userTask scriptTask serviceTask businessRuleTask sendTask "
    "receiveTask callActivity subProcess transaction adHocSubProcess exclusiveGateway "
    "parallelGateway inclusiveGateway complexGateway eventBasedGateway startEvent endEvent "
    "boundaryEvent intermediateCatchEvent intermediateThrowEvent dataObject "
    "dataObjectReference dataStoreReference"
)
_FLOW_ELEMENT = "auditing monitoring categoryValueRef"
_FLOW_NODE = f"{_FLOW_ELEMENT} incoming outgoing"
_ROLES = "resourceRole performer humanPerformer potentialOwner"
_ACTIVITY_ATTRIBUTES = "name isForCompensation startQuantity completionQuantity default"
_ACTIVITY = (
    f"{_FLOW_NODE} {_ROLES} ioSpecification property dataInputAssociation dataOutputAssociation "
    "standardLoopCharacteristics multiInstanceLoopCharacteristics"
)
_CATCH = (
    f"{_FLOW_NODE} property dataOutput dataOutputAssociation outputSet eventDefinitionRef "
    f"{EVENT_DEFINITIONS}"
)
_THROW = (
    f"{_FLOW_NODE} property dataInput dataInputAssociation inputSet eventDefinitionRef "
    f"{EVENT_DEFINITIONS}"
)
_SUB_PROCESS = f"{_ACTIVITY} laneSet {FLOW_ELEMENTS} {ARTIFACTS}"
_GATEWAY = "name gatewayDirection"
_GLOBAL = f"{_ROLES} supportedInterfaceRef ioSpecification ioBinding"
_DATA_ITEM = "name itemSubjectRef isCollection"

SHAPES: dict[str, Shape] = {
    "definitions": _shape(
        "name targetNamespace expressionLanguage typeLanguage exporter exporterVersion",
        "import extension relationship process collaboration choreography globalConversation "
        "globalChoreographyTask globalTask globalUserTask globalManualTask globalScriptTask "
        "globalBusinessRuleTask message signal error escalation itemDefinition interface "
        "resource category dataStore correlationProperty partnerEntity partnerRole endPoint "
        f"rootElement eventDefinition {EVENT_DEFINITIONS}",
    ),
    "process": _shape(
        "name processType isClosed isExecutable definitionalCollaborationRef",
        f"{_GLOBAL} auditing monitoring property laneSet correlationSubscription supports "
        f"{FLOW_ELEMENTS} {ARTIFACTS}",
    ),
    "task": _shape(_ACTIVITY_ATTRIBUTES, _ACTIVITY),
    "manualTask": _shape(_ACTIVITY_ATTRIBUTES, _ACTIVITY),
    "userTask": _shape(f"{_ACTIVITY_ATTRIBUTES} implementation", f"{_ACTIVITY} rendering"),
    "scriptTask": _shape(f"{_ACTIVITY_ATTRIBUTES} scriptFormat", f"{_ACTIVITY} script"),
    "serviceTask": _shape(f"{_ACTIVITY_ATTRIBUTES} implementation operationRef", _ACTIVITY),
    "businessRuleTask": _shape(f"{_ACTIVITY_ATTRIBUTES} implementation", _ACTIVITY),
    "sendTask": _shape(f"{_ACTIVITY_ATTRIBUTES} implementation operationRef messageRef", _ACTIVITY),
    "receiveTask": _shape(
        f"{_ACTIVITY_ATTRIBUTES} implementation operationRef messageRef instantiate", _ACTIVITY
    ),
    "callActivity": _shape(f"{_ACTIVITY_ATTRIBUTES} calledElement", _ACTIVITY),
    "subProcess": _shape(f"{_ACTIVITY_ATTRIBUTES} triggeredByEvent", _SUB_PROCESS),
    "transaction": _shape(f"{_ACTIVITY_ATTRIBUTES} triggeredByEvent method", _SUB_PROCESS),
    "adHocSubProcess": _shape(
        f"{_ACTIVITY_ATTRIBUTES} triggeredByEvent cancelRemainingInstances ordering",
        f"{_SUB_PROCESS} completionCondition",
    ),
    "exclusiveGateway": _shape(f"{_GATEWAY} default", _FLOW_NODE),
    "parallelGateway": _shape(_GATEWAY, _FLOW_NODE),
    "inclusiveGateway": _shape(f"{_GATEWAY} default", _FLOW_NODE),
    "complexGateway": _shape(f"{_GATEWAY} default", f"{_FLOW_NODE} activationCondition"),
    "eventBasedGateway": _shape(f"{_GATEWAY} instantiate eventGatewayType", _FLOW_NODE),
    "startEvent": _shape("name isInterrupting parallelMultiple", _CATCH),
    "intermediateCatchEvent": _shape("name parallelMultiple", _CATCH),
    "boundaryEvent": _shape("name parallelMultiple cancelActivity attachedToRef", _CATCH),
    "endEvent": _shape("name", _THROW),
    "intermediateThrowEvent": _shape("name", _THROW),
    "sequenceFlow": _shape(
        "name sourceRef targetRef isImmediate", f"{_FLOW_ELEMENT} conditionExpression"
    ),
    "messageEventDefinition": _shape("messageRef", "operationRef"),
    "signalEventDefinition": _shape("signalRef"),
    "timerEventDefinition": _shape("", "timeDate timeDuration timeCycle"),
    "errorEventDefinition": _shape("errorRef"),
    "escalationEventDefinition": _shape("escalationRef"),
    "conditionalEventDefinition": _shape("", "condition"),
    "compensateEventDefinition": _shape("waitForCompletion activityRef"),
    "cancelEventDefinition": _shape(),
    "terminateEventDefinition": _shape(),
    "linkEventDefinition": _shape("name", "source target"),
    "standardLoopCharacteristics": _shape("testBefore loopMaximum", "loopCondition"),
    "multiInstanceLoopCharacteristics": _shape(
        "isSequential behavior oneBehaviorEventRef noneBehaviorEventRef",
        "loopCardinality loopDataInputRef loopDataOutputRef inputDataItem outputDataItem "
        "complexBehaviorDefinition completionCondition",
    ),
    "complexBehaviorDefinition": _shape("", "condition event"),
    "message": _shape("name itemRef"),
    "signal": _shape("name structureRef"),
    "error": _shape("name errorCode structureRef"),
    "escalation": _shape("name escalationCode structureRef"),
    "collaboration": _shape(
        "name isClosed",
        f"participant messageFlow conversation subConversation callConversation conversationNode "
        "conversationAssociation participantAssociation messageFlowAssociation correlationKey "
        f"choreographyRef conversationLink {ARTIFACTS}",
    ),
    "participant": _shape("name processRef", "interfaceRef endPointRef participantMultiplicity"),
    "messageFlow": _shape("name sourceRef targetRef messageRef"),
    "laneSet": _shape("name", "lane"),
    "lane": _shape("name partitionElementRef", "partitionElement flowNodeRef childLaneSet"),
    "childLaneSet": _shape("name", "lane"),
    "dataObject": _shape(_DATA_ITEM, f"{_FLOW_ELEMENT} dataState"),
    "dataObjectReference": _shape(
        "name itemSubjectRef dataObjectRef isCollection", f"{_FLOW_ELEMENT} dataState"
    ),
    "dataStoreReference": _shape("name itemSubjectRef dataStoreRef", f"{_FLOW_ELEMENT} dataState"),
    "dataStore": _shape("name capacity isUnlimited itemSubjectRef", "dataState"),
    "dataInputAssociation": _shape("", "sourceRef targetRef transformation assignment"),
    "dataOutputAssociation": _shape("", "sourceRef targetRef transformation assignment"),
    "ioSpecification": _shape("", "dataInput dataOutput inputSet outputSet"),
    "dataInput": _shape(_DATA_ITEM, "dataState"),
    "dataOutput": _shape(_DATA_ITEM, "dataState"),
    "property": _shape("name itemSubjectRef", "dataState"),
    "inputDataItem": _shape(_DATA_ITEM, "dataState"),
    "outputDataItem": _shape(_DATA_ITEM, "dataState"),
    "assignment": _shape("", "from to"),
    "association": _shape("sourceRef targetRef associationDirection"),
    "textAnnotation": _shape("textFormat", "text"),
    "group": _shape("categoryValueRef"),
    "category": _shape("name", "categoryValue"),
    "categoryValue": _shape("value"),
    "resource": _shape("name", "resourceParameter"),
    "conversation": _shape("name", "participantRef messageFlowRef correlationKey"),
    "subConversation": _shape(
        "name",
        "participantRef messageFlowRef correlationKey conversation subConversation "
        "callConversation",
    ),
    "callConversation": _shape(
        "name calledCollaborationRef",
        "participantRef messageFlowRef correlationKey participantAssociation",
    ),
    "correlationKey": _shape("name", "correlationPropertyRef"),
    "correlationSubscription": _shape("correlationKeyRef", "correlationPropertyBinding"),
    "resourceRole": _shape(
        "name", "resourceRef resourceParameterBinding resourceAssignmentExpression"
    ),
    "performer": _shape(
        "name", "resourceRef resourceParameterBinding resourceAssignmentExpression"
    ),
    "humanPerformer": _shape(
        "name", "resourceRef resourceParameterBinding resourceAssignmentExpression"
    ),
    "potentialOwner": _shape(
        "name", "resourceRef resourceParameterBinding resourceAssignmentExpression"
    ),
    "resourceAssignmentExpression": _shape("", "expression formalExpression"),
}

# Carry no behaviour: whatever stands in them is for people or for other tools.
OPAQUE = words(
    "documentation extension relationship import itemDefinition interface operation "
    "partnerEntity partnerRole endPoint correlationProperty auditing monitoring rendering "
    "participantMultiplicity conversationLink conversationAssociation conversationNode "
    "participantAssociation messageFlowAssociation globalConversation resourceParameter "
    "dataState partitionElement inputSet outputSet resourceParameterBinding ioBinding "
    "correlationPropertyBinding choreography globalChoreographyTask rootElement"
)

# Hold text only: references and expressions.
LEAVES = words(
    "incoming outgoing flowNodeRef sourceRef targetRef source target eventDefinitionRef "
    "categoryValueRef supportedInterfaceRef supports interfaceRef endPointRef operationRef "
    "loopDataInputRef loopDataOutputRef participantRef messageFlowRef correlationPropertyRef "
    "choreographyRef resourceRef text script"
)
EXPRESSIONS = words(
    "conditionExpression timeDate timeDuration timeCycle condition loopCondition loopCardinality "
    "completionCondition activationCondition transformation from to expression "
    "formalExpression"
)

BOOLEANS = words(
    "isExecutable isClosed isForCompensation triggeredByEvent cancelRemainingInstances instantiate "
    "isInterrupting parallelMultiple cancelActivity isImmediate waitForCompletion testBefore "
    "isSequential isCollection isUnlimited"
)
ENUMS: dict[str, frozenset[str]] = {
    "eventGatewayType": frozenset(("Exclusive", "Parallel")),
    "ordering": frozenset(("Parallel", "Sequential")),
    "behavior": frozenset(("None", "One", "All", "Complex")),
    "associationDirection": frozenset(("None", "One", "Both")),
    "gatewayDirection": frozenset(("Unspecified", "Converging", "Diverging", "Mixed")),
}
POSITIVE = frozenset(("startQuantity", "completionQuantity", "loopMaximum"))
