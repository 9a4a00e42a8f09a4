"""Incidents: find them, and let the failed phase run again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.answers import answer, done
from api.calls import get, key_of, run
from api.door import Door
from api.queries import search_page
from api.schemas.nouns.incident import INCIDENT, Incident, IncidentPage, IncidentSearch
from api.schemas.requests.instances import Resolution
from engine.commands.resolve_incident import ResolveIncident

door = Door("Incidents", __name__, url_prefix="/v2/incidents")


@door.operation(
    "POST",
    "/search",
    body=IncidentSearch,
    optional=True,
    answers={200: IncidentPage},
    reads="incident",
)
def search_incidents(body: Mapping[str, Any]) -> Response:
    """Search incidents."""
    return answer(search_page(INCIDENT, body))


@door.operation("GET", "/<incident_key>", answers={200: Incident}, fails=(404,), reads="incident")
def get_incident(incident_key: str) -> Response:
    """One incident."""
    key = key_of(incident_key, "incidentKey")
    return answer(INCIDENT.present(get("incident", key, "incident")))


@door.operation(
    "POST",
    "/<incident_key>/resolution",
    body=Resolution,
    optional=True,
    answers={204: None},
    fails=(404, 409),
    sends=ResolveIncident,
)
def resolve_incident(incident_key: str, body: Mapping[str, Any]) -> Response:
    """The cause is mended: repeat what failed."""
    del body
    return done(replayed=run(ResolveIncident(key=key_of(incident_key, "incidentKey"))).replayed)
