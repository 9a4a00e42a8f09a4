"""Versions of deployed processes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.answers import answer, done
from api.calls import actor, engine, get, key_of
from api.door import Door
from api.queries import search_page
from api.schemas.answers import Form
from api.schemas.nouns.process_definition import (
    PROCESS_DEFINITION,
    ProcessDefinition,
    ProcessDefinitionPage,
    ProcessDefinitionSearch,
)
from api.values import show_form
from engine.errors import NotFound

door = Door("Process definitions", __name__, url_prefix="/v2/process-definitions")
XML = "text/xml"


def _definition(definition_key: str) -> tuple[int, Mapping[str, Any]]:
    key = key_of(definition_key, "processDefinitionKey")
    return key, get("process_definition", key, "process definition")


@door.operation(
    "POST",
    "/search",
    body=ProcessDefinitionSearch,
    optional=True,
    answers={200: ProcessDefinitionPage},
    reads="process_definition",
)
def search_process_definitions(body: Mapping[str, Any]) -> Response:
    """Search process definitions."""
    return answer(search_page(PROCESS_DEFINITION, body))


@door.operation(
    "GET",
    "/<definition_key>",
    answers={200: ProcessDefinition},
    fails=(404,),
    reads="process_definition",
)
def get_process_definition(definition_key: str) -> Response:
    """One version of a process."""
    return answer(PROCESS_DEFINITION.present(_definition(definition_key)[1]))


@door.operation(
    "GET",
    "/<definition_key>/xml",
    answers={200: XML},
    fails=(404,),
    reads="process_definition",
)
def get_process_definition_xml(definition_key: str) -> Response:
    """The BPMN file as it was deployed."""
    source = engine().views.definition_source(actor(), _definition(definition_key)[0])
    if source is None:
        raise NotFound("There is no such process definition.")
    return Response(source, content_type=f"{XML}; charset=utf-8")


@door.operation(
    "GET",
    "/<definition_key>/form",
    answers={200: Form, 204: None},
    fails=(404,),
    reads="process_definition",
)
def get_start_process_form(definition_key: str) -> Response:
    """The form of the start event; 204 when it has none."""
    _, row = _definition(definition_key)
    if row.get("start_form_id") is None:
        return done()
    form = engine().views.form(actor(), row["start_form_id"], "latest", None, row["deployment_key"])
    if form is None:
        raise NotFound("The start form is not deployed.", code="form-missing")
    return answer(show_form(form))
