"""The systems procedures ask: whose they are, on what legal basis, and how they are doing."""

from __future__ import annotations

from flask import Response
from marshmallow import fields

from api.answers import answer
from api.calls import run
from api.door import Door
from api.schemas.fields import Anything, Flag, Instant, Text, Whole
from api.schemas.search import answer as answer_schema
from engine.commands.connectors import ListConnectors
from engine.domain.connectors import STATES

door = Door("Connectors", __name__, url_prefix="/api/connectors")

Connector = answer_schema(
    "Connector",
    {
        "id": Text(required=True),
        "name": Anything(required=True),
        "owner": Text(required=True),
        "legalBasis": Text(required=True),
        "source": Text(required=True),
        "verified": Flag(required=True),
        "state": Text(values=STATES, required=True),
        "maintenanceUntil": Instant(required=True, nullable=True),
        "failures": Whole(required=True, doc="In a row."),
        "reason": Text(required=True, nullable=True),
        "lastSuccess": Instant(required=True, nullable=True),
        "lastFailure": Instant(required=True, nullable=True),
    },
)
ConnectorList = answer_schema(
    "ConnectorList", {"items": fields.List(fields.Nested(Connector), required=True)}
)
_WIRE = {
    "legal_basis": "legalBasis",
    "maintenance_until": "maintenanceUntil",
    "last_success": "lastSuccess",
    "last_failure": "lastFailure",
}


@door.operation("GET", "", answers={200: ConnectorList}, sends=ListConnectors)
def list_connectors() -> Response:
    """All connectors in force."""
    found = run(ListConnectors()).result["connectors"]
    rows = found if isinstance(found, list) else []
    return answer({"items": [{_WIRE.get(k, k): v for k, v in row.items()} for row in rows]})
