"""Body and answer of the evaluation of a decision."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.fields import Document, Items, Key, Text, Whole
from api.schemas.nouns.decision import HOW, DecisionWarning
from api.schemas.requests.instances import TENANT
from api.schemas.search import answer, request

DecisionEvaluation = request(
    "DecisionEvaluation",
    {
        "decisionDefinitionKey": Key(doc="This version; or name decisionDefinitionId."),
        "decisionDefinitionId": Text(least=1, most=1000, doc="The latest version."),
        "variables": Document(doc="Values of the decision's inputs by name."),
        "tenantId": TENANT,
    },
)

EvaluatedDecision = answer(
    "EvaluatedDecision",
    {
        "decisionDefinitionKey": Key(required=True),
        "decisionDefinitionId": Text(required=True),
        "decisionDefinitionName": Text(required=True),
        "decisionDefinitionVersion": Whole(required=True),
        "decisionDefinitionType": Text(required=True),
        "decisionEvaluationInstanceKey": Text(required=True),
        "output": Text(required=True, doc="The decision's result as JSON text."),
        "tenantId": Text(required=True),
    }
    | HOW,
)

DecisionResult = answer(
    "DecisionResult",
    {
        "decisionDefinitionKey": Key(required=True),
        "decisionDefinitionId": Text(required=True),
        "decisionDefinitionName": Text(required=True),
        "decisionDefinitionVersion": Whole(required=True),
        "decisionRequirementsKey": Key(required=True),
        "decisionRequirementsId": Text(required=True),
        "decisionEvaluationKey": Key(required=True),
        "decisionInstanceKey": Key(required=True, doc="The same as decisionEvaluationKey."),
        "output": Text(required=True, doc="The result as JSON text; null when it failed."),
        "failedDecisionDefinitionId": Text(required=True, nullable=True),
        "failureMessage": Text(required=True, nullable=True),
        "evaluatedDecisions": Items(fields.Nested(EvaluatedDecision), required=True),
        "tenantId": Text(required=True),
        "warnings": Items(
            fields.Nested(DecisionWarning),
            required=True,
            extension=True,
            doc="What became null on the way, and why.",
        ),
    },
)
