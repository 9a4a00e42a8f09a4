"""Dossiers at the counter: receive, find, read, and the tasks of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request

from api.answers import answer
from api.calls import run, search
from api.door import Door
from api.dossiers import PAGING, dossier_row, instant_parameter, list_query, person_of, received
from api.queries import show_page
from api.routes.v2.user_tasks import show_task
from api.schemas.nouns.dossier import (
    DOSSIER,
    STEP,
    DossierPage,
    DossierWhole,
    ReceivedDossier,
)
from api.schemas.nouns.user_task import UserTaskPage
from api.schemas.requests.dossiers import DossierReception
from engine.commands.receive_dossier import ReceiveDossier
from engine.domain.dossier.portal import MEANING
from engine.ports.views import Condition, Query

door = Door("Dossiers", __name__, url_prefix="/api/dossiers")

_FILTERS: Mapping[str, tuple[str, str]] = {
    "status": ("status", "whole"),
    "procedure": ("procedure_code", "text"),
    "agency": ("agency", "text"),
    "channel": ("channel", "text"),
    "portal_code": ("portal_code", "text"),
}
_LIST = PAGING | {
    "updated_since": {"type": "string", "format": "date-time"},
    **{name: {"type": "string"} for name in _FILTERS},
}


@door.operation(
    "POST",
    "",
    body=DossierReception,
    answers={201: ReceivedDossier},
    fails=(404, 409),
    sends=ReceiveDossier,
)
def receive_dossier(body: Mapping[str, Any]) -> Response:
    """Receive a dossier: code, dates and look-up secret; refused before anything is stored."""
    linked = body.get("linkedDossier")
    done = run(
        ReceiveDossier(
            procedure_code=body["procedureCode"],
            reception_point=body["receptionPoint"],
            applicant=person_of(body["applicant"]),
            agent=person_of(body["agent"]) if "agent" in body else None,
            facts=body.get("facts", {}),
            channel=body.get("channel", "counter"),
            documents=body.get("documents", ()),
            answers=body.get("answers", {}),
            term=body.get("term"),
            return_channel=body.get("returnChannel", "point"),
            separate=body.get("separate", False),
            linked_key=int(str(dossier_row(linked)["key"])) if linked else None,
            link_kind=body.get("linkKind") if linked else None,
        )
    )
    return received(done)


@door.operation("GET", "", query=_LIST, answers={200: DossierPage}, reads="dossier")
def list_dossiers() -> Response:
    """Dossiers the caller may see, the last changed one last; updated_since for a feed."""
    where = []
    if (since := instant_parameter("updated_since")) is not None:
        where.append(Condition(field="updated_at", op="gte", value=since))
    for name, (field, kind) in _FILTERS.items():
        if (value := request.args.get(name)) is not None:
            number = int(value) if kind == "whole" and value.isdecimal() else value
            where.append(Condition(field=field, op="eq", value=number))
    page = search("dossier", list_query(where, sort=(("updated_at", "asc"),)))
    return answer(show_page(page, [DOSSIER.present(row) for row in page.items]))


@door.operation("GET", "/<code>", answers={200: DossierWhole}, fails=(404,), reads="dossier")
def get_dossier(code: str) -> Response:
    """One dossier with the steps it has taken."""
    row = dossier_row(code)
    where = (Condition(field="root_key", op="eq", value=row["key"]),)
    steps = search("dossier_step", Query(where=where, limit=1000)).items
    shown = DOSSIER.present(row) | {
        "meaning": MEANING[int(row["status"])],
        "steps": [STEP.present(step) for step in steps],
    }
    return answer(shown, etag=row["revision"])


@door.operation(
    "GET",
    "/<code>/tasks",
    query=PAGING,
    answers={200: UserTaskPage},
    fails=(404,),
    reads="user_task",
)
def list_dossier_tasks(code: str) -> Response:
    """Open tasks of a dossier that the caller may see."""
    key = dossier_row(code)["key"]
    where = [
        Condition(field="root_key", op="eq", value=key),
        Condition(field="state", op="eq", value="CREATED"),
    ]
    page = search("user_task", list_query(where))
    items = [show_task(row) for row in page.items]
    return answer(show_page(page, items))
