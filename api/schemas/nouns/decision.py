"""Deployed decisions, the files they stand in, and the decisions made."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.columns import Column, Table
from api.schemas.fields import Document, Items, Text, Whole
from api.schemas.search import answer, item_schema, page_schema, search_schema

KINDS = ("DECISION_TABLE", "LITERAL_EXPRESSION", "UNKNOWN", "UNSPECIFIED")
STATES = ("EVALUATED", "FAILED", "UNKNOWN", "UNSPECIFIED")

DECISION_DEFINITION = Table(
    noun="decision_definition",
    name="DecisionDefinition",
    columns=(
        Column(wire="decisionDefinitionKey", row="key", kind="key"),
        Column(wire="decisionDefinitionId", row="decision_id"),
        Column(wire="name", row="name", instead="decision_id"),
        Column(wire="version", row="version", kind="whole"),
        Column(wire="decisionRequirementsId", row="requirements_id"),
        Column(wire="decisionRequirementsKey", row="requirements_key", kind="key"),
        Column(wire="decisionRequirementsName", row="requirements_name"),
        Column(wire="decisionRequirementsVersion", row="requirements_version", kind="whole"),
        Column(wire="tenantId", row="tenant_id"),
        Column(wire="isLatestVersion", row="latest", kind="flag", shown=False, sorted=False),
    ),
)
DecisionDefinition = item_schema(DECISION_DEFINITION)
DecisionDefinitionPage = page_schema("DecisionDefinition", DecisionDefinition)
DecisionDefinitionSearch = search_schema(DECISION_DEFINITION)

DECISION_REQUIREMENTS = Table(
    noun="decision_requirements",
    name="DecisionRequirements",
    columns=(
        Column(wire="decisionRequirementsKey", row="key", kind="key"),
        Column(wire="decisionRequirementsId", row="requirements_id"),
        Column(wire="decisionRequirementsName", row="name"),
        Column(wire="version", row="version", kind="whole"),
        Column(wire="resourceName", row="resource_name"),
        Column(wire="tenantId", row="tenant_id"),
    ),
)
DecisionRequirements = item_schema(DECISION_REQUIREMENTS)
DecisionRequirementsPage = page_schema("DecisionRequirements", DecisionRequirements)
DecisionRequirementsSearch = search_schema(DECISION_REQUIREMENTS)

DECISION_INSTANCE = Table(
    noun="decision_instance",
    name="DecisionInstance",
    columns=(
        Column(
            wire="decisionEvaluationInstanceKey",
            row="name",
            doc="Key of the evaluation, a hyphen, and the decision's place in it from 1.",
        ),
        Column(wire="decisionEvaluationKey", row="evaluation_key", kind="key"),
        Column(wire="decisionDefinitionKey", row="decision_key", kind="key"),
        Column(wire="decisionDefinitionId", row="decision_id"),
        Column(wire="decisionDefinitionName", row="decision_name", instead="decision_id"),
        Column(wire="decisionDefinitionVersion", row="decision_version", kind="whole"),
        Column(wire="decisionDefinitionType", row="decision_type", kind="choice", values=KINDS),
        Column(wire="rootDecisionDefinitionKey", row="root_decision_key", kind="key"),
        Column(
            wire="decisionRequirementsKey",
            row="requirements_key",
            kind="key",
            shown=False,
            sorted=False,
        ),
        Column(wire="state", row="state", kind="choice", values=STATES),
        Column(wire="evaluationFailure", row="failure", nullable=True),
        Column(wire="evaluationDate", row="evaluated_at", kind="instant"),
        Column(
            wire="processDefinitionKey", row="process_definition_key", kind="key", nullable=True
        ),
        Column(wire="processInstanceKey", row="instance_key", kind="key", nullable=True),
        Column(wire="elementInstanceKey", row="element_key", kind="key", nullable=True),
        Column(wire="businessId", row="business_id", nullable=True),
        Column(wire="tenantId", row="tenant_id"),
    ),
)

_JSON = "A value as JSON text."
EvaluatedInput = answer(
    "EvaluatedInput",
    {
        "inputId": Text(required=True),
        "inputName": Text(required=True),
        "inputValue": Text(required=True, doc=_JSON),
    },
)
EvaluatedOutput = answer(
    "EvaluatedOutput",
    {
        "outputId": Text(required=True),
        "outputName": Text(required=True),
        "outputValue": Text(required=True, doc=_JSON),
        "ruleId": Text(required=True, nullable=True),
        "ruleIndex": Whole(required=True, nullable=True),
    },
)
MatchedRule = answer(
    "MatchedRule",
    {
        "ruleId": Text(required=True),
        "ruleIndex": Whole(required=True, doc="From 1, as the table shows it."),
        "evaluatedOutputs": Items(fields.Nested(EvaluatedOutput), required=True),
    },
)
HOW = {
    "evaluatedInputs": Items(fields.Nested(EvaluatedInput), required=True),
    "matchedRules": Items(fields.Nested(MatchedRule), required=True),
}
_MORE = {
    "rootProcessInstanceKey": DECISION_INSTANCE.by_wire["processInstanceKey"].answer_field(),
    "result": Text(required=True, doc=_JSON),
}
DecisionInstanceItem = answer(
    "DecisionInstanceItem",
    {column.wire: column.answer_field() for column in DECISION_INSTANCE.columns if column.shown}
    | _MORE,
)
DecisionWarning = answer(
    "DecisionWarning",
    {
        "rule": Text(required=True, doc="Stable; what kind of warning it is."),
        "elementId": Text(required=True),
        "line": Whole(required=True, doc="Line of the DMN file; 0 when it is not known."),
        "message": Document(required=True, doc="Sentence by language."),
    },
)
_WARNINGS = {
    "warnings": Items(
        fields.Nested(DecisionWarning),
        required=True,
        extension=True,
        doc="What became null on the way to this decision, and why.",
    ),
}
DecisionInstance = item_schema(DECISION_INSTANCE, _MORE | HOW | _WARNINGS)
DecisionInstancePage = page_schema("DecisionInstance", DecisionInstanceItem)
DecisionInstanceSearch = search_schema(DECISION_INSTANCE)
