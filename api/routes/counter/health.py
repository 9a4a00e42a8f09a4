"""Does the server answer, and does its database?"""

from __future__ import annotations

from flask import Response

from api.answers import answer
from api.calls import engine
from api.door import Door
from api.schemas.fields import Text
from api.schemas.search import answer as answer_schema
from engine.domain.actors import SYSTEM
from engine.errors import Unavailable
from engine.ports.views import Query

door = Door("Health", __name__, url_prefix="/api/health")
Health = answer_schema("Health", {"status": Text(values=("ok",), required=True)})


@door.operation("GET", "", answers={200: Health}, public=True)
def get_health() -> Response:
    """200 when the server and its database answer, else 503."""
    try:
        engine().views.search("deployment", SYSTEM, Query(limit=1))
    except Exception as error:
        raise Unavailable("The database does not answer.", code="database") from error
    return answer({"status": "ok"})
