"""Incidents for operators: one explained, many retried."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask import Response
from marshmallow import fields

from api.answers import answer
from api.calls import actor, engine, key_of
from api.door import Door
from api.queries import query_of
from api.schemas.fields import Document, Flag, Instant, Items, Key, Text, Whole
from api.schemas.nouns.incident import INCIDENT, IncidentSearch
from api.schemas.search import answer as answer_schema
from api.schemas.search import filter_of, request
from engine.commands.resolve_incident import ResolveIncident
from engine.repair import explain, retry_incidents

door = Door("Incidents for operators", __name__, url_prefix="/api/incidents")

_PLACE = answer_schema(
    "IncidentPlace",
    {
        "instanceKey": Key(required=True),
        "process": Text(required=True),
        "version": Whole(required=True),
        "resource": Text(required=True),
        "path": Items(Text(), required=True, doc="Elements from the process inwards."),
    },
)
_NAME = answer_schema("NameInvolved", {"name": Text(required=True), "isSet": Flag(required=True)})
_REMEDY = answer_schema(
    "Remedy",
    {"command": Text(required=True), "what": Document(required=True, doc="By language: vi, en.")},
)
ExplanationAnswer = answer_schema(
    "IncidentExplanation",
    {
        "incidentKey": Key(required=True),
        "state": Text(required=True),
        "errorType": Text(required=True),
        "meaning": Document(required=True, doc="By language: vi, en."),
        "detail": Text(required=True),
        "since": Instant(required=True),
        "places": Items(fields.Nested(_PLACE), required=True, doc="Root first, cause last."),
        "names": Items(fields.Nested(_NAME), required=True),
        "job": Document(required=True, nullable=True),
        "remedies": Items(fields.Nested(_REMEDY), required=True),
    },
)
_OUTCOME = answer_schema(
    "IncidentOutcome",
    {
        "incidentKey": Key(required=True),
        "instanceKey": Key(required=True),
        "elementId": Text(required=True),
        "result": Text(values=("resolved", "failed-again", "refused"), required=True),
        "code": Text(required=True, nullable=True),
        "sentence": Text(required=True, nullable=True),
    },
)
Outcomes = answer_schema(
    "IncidentOutcomes", {"items": Items(fields.Nested(_OUTCOME), required=True)}
)
BulkRetry = request(
    "IncidentRetry",
    {
        "filter": fields.Nested(filter_of(IncidentSearch)),
        "retries": Whole(least=1, most=100, doc="Tries a job of theirs gets."),
        "limit": Whole(least=1, most=1000, doc="At most so many, the oldest first (100)."),
    },
)


@door.operation(
    "GET",
    "/<incident_key>/explanation",
    answers={200: ExplanationAnswer},
    fails=(404,),
    reads="incident",
)
def explain_incident(incident_key: str) -> Response:
    """What went wrong, where in which call, since when, and what may mend it."""
    told = explain(engine().views, actor(), key_of(incident_key, "incidentKey"))
    return answer(told.as_json())


@door.operation(
    "POST",
    "/retry",
    body=BulkRetry,
    optional=True,
    answers={200: Outcomes},
    sends=ResolveIncident,
)
def retry_many_incidents(body: Mapping[str, Any]) -> Response:
    """Retry all open incidents the filter finds, each by itself, with a result for each."""
    outcomes = retry_incidents(
        engine(),
        actor(),
        query_of(INCIDENT, {"filter": body.get("filter", {})}),
        retries=body.get("retries"),
        most=int(body.get("limit", 100)),
    )
    return answer({"items": [_show(asdict(outcome)) for outcome in outcomes]})


def _show(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "incidentKey": str(row["incident_key"]),
        "instanceKey": str(row["instance_key"]),
        "elementId": row["element_id"],
        **{name: row[name] for name in ("result", "code", "sentence")},
    }
