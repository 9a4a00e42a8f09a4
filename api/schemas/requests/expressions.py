"""Bodies and answers of expressions."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.fields import Anything, Document, Items, Key, Text
from api.schemas.requests.instances import TENANT
from api.schemas.search import answer, request

Evaluation = request(
    "ExpressionEvaluation",
    {
        "expression": Text(least=1, most=20_000, required=True, doc="FEEL; a leading = may stand."),
        "tenantId": TENANT,
        "scopeKey": Key(doc="Evaluate with what this element instance sees."),
        "variables": Document(nullable=True),
    },
)
Evaluated = answer(
    "EvaluatedExpression",
    {
        "expression": Text(required=True),
        "result": Anything(required=True, nullable=True),
        "warnings": Items(
            fields.Nested(answer("EvaluationWarning", {"message": Text(required=True)})),
            required=True,
        ),
        "referencedSecrets": Items(Anything(), required=True),
    },
)
