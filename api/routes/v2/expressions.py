"""FEEL for those who try out models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.answers import answer
from api.door import Door
from api.evaluating import evaluate
from api.schemas.requests.expressions import Evaluated, Evaluation
from api.starting import tenant_of

door = Door("Expressions", __name__, url_prefix="/v2/expression")


@door.operation(
    "POST",
    "/evaluation",
    body=Evaluation,
    answers={200: Evaluated},
    fails=(404,),
    reads="element_instance",
)
def evaluate_expression(body: Mapping[str, Any]) -> Response:
    """Evaluate a FEEL expression; what became null on the way is told as warnings."""
    tenant_of(body)
    return answer(evaluate(body))
