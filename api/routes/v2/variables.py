"""Variables, as JSON text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request

from api.answers import answer
from api.calls import get, key_of, search
from api.door import Door
from api.queries import query_of, show_page
from api.schemas.nouns.variable import VARIABLE, Variable, VariablePage, VariableSearch
from api.values import TRUNCATE, show_variable, truncated

door = Door("Variables", __name__, url_prefix="/v2/variables")


@door.operation(
    "POST",
    "/search",
    body=VariableSearch,
    optional=True,
    query=TRUNCATE,
    answers={200: VariablePage},
    reads="variable",
)
def search_variables(body: Mapping[str, Any]) -> Response:
    """Search variables; long values are cut unless truncateValues is false."""
    page = search("variable", query_of(VARIABLE, body))
    cut = truncated(request)
    return answer(show_page(page, [show_variable(row, cut=cut) for row in page.items]))


@door.operation("GET", "/<variable_key>", answers={200: Variable}, fails=(404,), reads="variable")
def get_variable(variable_key: str) -> Response:
    """One variable with its whole value."""
    key = key_of(variable_key, "variableKey")
    return answer(VARIABLE.present(get("variable", key, "variable")))
