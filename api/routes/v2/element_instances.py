"""Elements of running and ended instances, and writing their variables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.answers import answer, done
from api.calls import get, key_of, run
from api.door import Door
from api.queries import search_page
from api.schemas.nouns.element_instance import (
    ELEMENT_INSTANCE,
    ElementInstance,
    ElementInstancePage,
    ElementInstanceSearch,
)
from api.schemas.nouns.incident import INCIDENT, IncidentPage, IncidentSearch
from api.schemas.requests.instances import VariableChange
from engine.commands.set_variables import SetVariables
from engine.ports.views import Condition

door = Door("Element instances", __name__, url_prefix="/v2/element-instances")


@door.operation(
    "POST",
    "/search",
    body=ElementInstanceSearch,
    optional=True,
    answers={200: ElementInstancePage},
    reads="element_instance",
)
def search_element_instances(body: Mapping[str, Any]) -> Response:
    """Search element instances."""
    return answer(search_page(ELEMENT_INSTANCE, body))


@door.operation(
    "GET",
    "/<element_key>",
    answers={200: ElementInstance},
    fails=(404,),
    reads="element_instance",
)
def get_element_instance(element_key: str) -> Response:
    """One element instance."""
    key = key_of(element_key, "elementInstanceKey")
    return answer(ELEMENT_INSTANCE.present(get("element_instance", key, "element instance")))


@door.operation(
    "POST",
    "/<element_key>/incidents/search",
    body=IncidentSearch,
    optional=True,
    answers={200: IncidentPage},
    fails=(404,),
    reads="incident",
)
def search_element_instance_incidents(element_key: str, body: Mapping[str, Any]) -> Response:
    """Incidents of one element instance."""
    key = key_of(element_key, "elementInstanceKey")
    get("element_instance", key, "element instance")
    return answer(search_page(INCIDENT, body, Condition(field="element_key", op="eq", value=key)))


@door.operation(
    "PUT",
    "/<scope_key>/variables",
    body=VariableChange,
    answers={204: None},
    fails=(404, 409),
    sends=SetVariables,
)
def create_element_instance_variables(scope_key: str, body: Mapping[str, Any]) -> Response:
    """Write variables of an element or of a process instance (by its own key)."""
    key = key_of(scope_key, "elementInstanceKey")
    local = body.get("local", False)
    reason = body.get("reason")
    run(SetVariables(scope_key=key, variables=body["variables"], local=local, reason=reason))
    return done()
