"""FEEL for analysts: the same evaluation as under ``/v2``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.answers import answer
from api.door import Door
from api.evaluating import evaluate
from api.schemas.requests.expressions import Evaluated, Evaluation

door = Door("FEEL", __name__, url_prefix="/api/feel")


@door.operation(
    "POST",
    "",
    body=Evaluation,
    answers={200: Evaluated},
    fails=(404,),
    reads="element_instance",
)
def evaluate_feel(body: Mapping[str, Any]) -> Response:
    """Evaluate a FEEL expression with the given variables."""
    return answer(evaluate(body))
