"""Bodies and answers of expressions."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.fields import Anything, Document, Items, Key, Text, Whole
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
EvaluationWarning = answer(
    "EvaluationWarning",
    {
        "message": Text(required=True),
        "code": Text(required=True, extension=True, doc="Stable; why it became null."),
        "position": Whole(
            least=0, required=True, extension=True, doc="Offset behind a leading =, from 0."
        ),
        "line": Whole(least=1, required=True, extension=True),
        "column": Whole(least=1, required=True, extension=True),
        "explanation": Document(
            required=True, extension=True, doc="What to look for, by language."
        ),
    },
)
EvaluatedPart = answer(
    "EvaluatedPart",
    {
        "start": Whole(least=0, required=True),
        "end": Whole(least=0, required=True),
        "text": Text(required=True),
        "feel": Text(required=True, doc="The part's value as FEEL writes it."),
        "times": Whole(least=1, required=True, doc="Rounds in a loop; the last one's value shows."),
    },
)
Evaluated = answer(
    "EvaluatedExpression",
    {
        "expression": Text(required=True),
        "result": Anything(required=True, nullable=True),
        "warnings": Items(fields.Nested(EvaluationWarning), required=True),
        "type": Text(required=True, extension=True, doc="The result's type as FEEL names it."),
        "feel": Text(required=True, extension=True, doc="The result as FEEL writes it."),
        "parts": Items(
            fields.Nested(EvaluatedPart),
            required=True,
            extension=True,
            doc="What each part of the text was worth, innermost first.",
        ),
        "referencedSecrets": Items(Anything(), required=True),
    },
)
