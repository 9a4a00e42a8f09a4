"""What the routes of dossiers share: find one by its code, persons, pages by query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from flask import Response, request

from api.answers import answer
from api.calls import search
from api.instants import is_instant, parse_instant
from api.schemas.nouns.dossier import DOSSIER
from api.schemas.search import DEFAULT_LIMIT, MAX_LIMIT
from engine.domain.dossier import PersonRecord
from engine.errors import Fault, InvalidInput, NotFound
from engine.ports.engine import Done
from engine.ports.views import Condition, Query

PAGING: dict[str, dict[str, Any]] = {
    "limit": {"type": "integer", "minimum": 0, "maximum": MAX_LIMIT},
    "after": {"type": "string"},
}
Sort = tuple[tuple[str, Literal["asc", "desc"]], ...]


def dossier_row(code: str) -> Mapping[str, Any]:
    """The dossier under a code, or a portal code; wrong and hidden codes answer alike."""
    text = code.replace("\0", "")
    ways = tuple((Condition(field=name, op="eq", value=text),) for name in ("code", "portal_code"))
    rows = search("dossier", Query(any_of=ways, limit=1)).items
    if not rows:
        raise NotFound("There is no such dossier.")
    return rows[0]


def list_query(where: Sequence[Condition], sort: Sort = ()) -> Query:
    """A page as ``?limit=&after=`` ask for it."""
    text = request.args.get("limit", str(DEFAULT_LIMIT))
    if not (text.isascii() and text.isdecimal() and int(text) <= MAX_LIMIT):
        sentence = f"limit must be a number from 0 to {MAX_LIMIT}."
        fault = Fault(pointer="limit", code="limit", sentence=sentence)
        raise InvalidInput("The page cannot be found.", [fault])
    after = request.args.get("after")
    return Query(where=tuple(where), sort=sort, limit=int(text), after=after or None)


def instant_parameter(name: str) -> datetime | None:
    """An instant of the query string; its plus sign may have become a blank."""
    text = request.args.get(name)
    if text is None:
        return None
    text = text.replace(" ", "+")
    if not is_instant(text):
        sentence = f"{name} must be an instant such as 2026-11-23T09:00:00+07:00."
        raise InvalidInput(sentence, [Fault(pointer=name, code="type", sentence=sentence)])
    return parse_instant(text)


def person_of(body: Mapping[str, Any]) -> PersonRecord:
    """A person of a body."""
    return PersonRecord(
        name=body["name"],
        kind=body.get("kind", "citizen"),
        id_kind=body.get("idKind"),
        id_number=body.get("idNumber"),
        birth_date=body.get("birthDate"),
        phone=body.get("phone"),
        email=body.get("email"),
        address=body.get("address"),
    )


def step_answer(done: Done) -> Response:
    """What every step answers."""
    result = done.result
    shown = {
        "code": result["code"],
        "processInstanceKey": str(result["key"]),
        "status": result["status"],
    }
    return answer(shown, replayed=done.replayed)


def received(done: Done) -> Response:
    """A dossier with its code, and the secret the first time."""
    result = done.result
    shown: dict[str, Any] = {
        "code": result["code"],
        "processInstanceKey": str(result["key"]),
        "competentAgency": result["competent_agency"],
        "explanation": result["explanation"],
        "dossier": DOSSIER.present(dossier_row(str(result["code"]))),
    }
    if "once_secret" in result:
        shown["lookupSecret"] = result["once_secret"]
    return answer(shown, 201, replayed=done.replayed)
