"""Public tracking: the code of the slip and its secret, nothing else."""

from __future__ import annotations

from datetime import datetime

from flask import Response, request

from api.answers import answer
from api.calls import engine
from api.door import Door
from api.instants import format_instant
from api.schemas.fields import Document, Instant, Text, Whole
from api.schemas.search import answer as answer_schema
from engine.commands.track_dossier import TrackDossier
from engine.domain.actors import ANONYMOUS
from engine.errors import NotFound

door = Door("Tracking", __name__, url_prefix="/api/tracking")
Tracked = answer_schema(
    "TrackedDossier",
    {
        "code": Text(required=True),
        "procedure": Document(required=True),
        "status": Whole(required=True),
        "meaning": Text(required=True),
        "dueAt": Instant(required=True, nullable=True),
        "returnChannel": Text(required=True),
    },
)


@door.operation(
    "GET",
    "/<code>",
    query={"secret": {"type": "string"}},
    answers={200: Tracked},
    fails=(404, 503),
    public=True,
)
def track_dossier(code: str) -> Response:
    """How a dossier stands; wrong code and wrong secret have one answer, and a limit."""
    secret = request.headers.get("X-Lookup-Secret") or request.args.get("secret", "")
    command = TrackDossier(code=code, secret=secret, caller=request.remote_addr or "")
    found = engine().execute(command, ANONYMOUS).result
    if not found["found"]:
        raise NotFound("The code or the secret is wrong.", code="not-tracked")
    due = found["due_at"]
    return answer(
        {
            "code": found["code"],
            "procedure": found["procedure"],
            "status": found["status"],
            "meaning": found["meaning"],
            "dueAt": None if due is None else format_instant(datetime.fromisoformat(str(due))),
            "returnChannel": found["return_channel"],
        }
    )
