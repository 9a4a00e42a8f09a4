"""Filings from the portal, and the inbox that accepts, asks or refuses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.answers import answer
from api.calls import run, search
from api.door import Door
from api.dossiers import PAGING, list_query, person_of, received
from api.instants import parse_instant
from api.queries import show_page
from api.schemas.fields import Flag, Key, Text, Whole
from api.schemas.nouns.dossier import DOSSIER, DossierPage, ReceivedDossier
from api.schemas.requests.intake import Filing, FilingAcceptance
from api.schemas.search import answer as answer_schema
from engine.commands.accept_filing import AcceptFiling
from engine.commands.file_dossier import FileDossier
from engine.ports.views import Condition

door = Door("Intake", __name__, url_prefix="/api/intake")
Filed = answer_schema(
    "FiledDossier",
    {
        "portalCode": Text(required=True),
        "processInstanceKey": Key(required=True),
        "status": Whole(required=True),
        "known": Flag(required=True, doc="True when an earlier call brought it."),
        "code": Text(required=True, nullable=True),
    },
)


@door.operation(
    "POST", "", body=Filing, answers={200: Filed, 201: Filed}, fails=(404, 409), sends=FileDossier
)
def file_dossier(body: Mapping[str, Any]) -> Response:
    """Take in a filing; idempotent by portal code, in any order, repeated."""
    submitted = body.get("submittedAt")
    done = run(
        FileDossier(
            portal_code=body["portalCode"],
            procedure_code=body["procedureCode"],
            reception_point=body["receptionPoint"],
            applicant=person_of(body["applicant"]),
            agent=person_of(body["agent"]) if "agent" in body else None,
            submitted_at=parse_instant(submitted) if submitted else None,
            facts=body.get("facts", {}),
            documents=body.get("documents", ()),
            answers=body.get("answers", {}),
            return_channel=body.get("returnChannel", "digital"),
        )
    )
    result = done.result
    shown = {
        "portalCode": result["portal_code"],
        "processInstanceKey": str(result["key"]),
        "status": result["status"],
        "known": result["known"],
        "code": result.get("code"),
    }
    return answer(shown, 200 if result["known"] else 201, replayed=done.replayed)


@door.operation("GET", "", query=PAGING, answers={200: DossierPage}, reads="dossier")
def list_inbox() -> Response:
    """Filings that wait for acceptance, the oldest first."""
    where = [
        Condition(field="code", op="exists", value=False),
        Condition(field="closed_at", op="exists", value=False),
    ]
    page = search("dossier", list_query(where, sort=(("submitted_at", "asc"),)))
    return answer(show_page(page, [DOSSIER.present(row) for row in page.items]))


@door.operation(
    "POST",
    "/<portal_code>/acceptance",
    body=FilingAcceptance,
    optional=True,
    answers={201: ReceivedDossier},
    fails=(404, 409),
    sends=AcceptFiling,
)
def accept_filing(portal_code: str, body: Mapping[str, Any]) -> Response:
    """Accept a filing: code, dates and secret, and the procedure begins."""
    return received(run(AcceptFiling(portal_code=portal_code, term=body.get("term"))))
