"""Who decides and why, and the catalogue of procedures; nothing is stored by asking."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request

from api.answers import answer
from api.calls import engine
from api.door import Door
from api.listing import LISTING, bad_query, day_asked, day_of, one_of, page_of, words_asked
from api.schemas.requests.jurisdiction import (
    ProcedureDetail,
    ProcedurePage,
    Where,
    WhereAnswer,
)
from engine.domain.jurisdiction import Entry, atlas_on, described, in_language, resolve

door = Door("Jurisdiction", __name__, url_prefix="/api")
_TEXT = {"type": "string"}
_LANGUAGE = {"language": {"type": "string", "enum": ["vi", "en"]}}
_ON = {"on": LISTING["on"]}
_ASKED = ("procedure", "at", "on", "language")
_WHERE = {
    "procedure": {**_TEXT, "description": "Code, such as 1.004873."},
    "at": {**_TEXT, "description": "Reception point, or a unit's code."},
    **_ON,
    **_LANGUAGE,
}
_LEVEL = {"level": {"type": "string", "enum": ["province", "commune"]}, "field": _TEXT}


@door.operation("POST", "/where", body=Where, answers={200: WhereAnswer}, fails=(404, 409))
def ask_where(body: Mapping[str, Any]) -> Response:
    """Who decides a procedure handed in at a point, with the explanation; or where to go."""
    return answer(_resolved(body, body.get("facts") or {}))


@door.operation("GET", "/where", query=_WHERE, answers={200: WhereAnswer}, fails=(404, 409))
def get_where() -> Response:
    """Likewise; every other query parameter is a fact, such as residence=20950."""
    for name in ("procedure", "at"):
        if not request.args.get(name):
            raise bad_query(name, "is needed")
    facts = {name: value for name, value in request.args.items() if name not in _ASKED}
    return answer(_resolved(request.args, facts))


@door.operation("GET", "/procedures", query={**LISTING, **_LEVEL}, answers={200: ProcedurePage})
def list_procedures() -> Response:
    """The catalogue, searched by words or code."""
    words, wanted = words_asked(), {"field": request.args.get("field")}
    wanted["level"] = one_of(request.args, "level", ("province", "commune"))
    rows = [
        entry
        for entry, text in atlas_on(engine().law(), day_asked()).catalogue
        if all(word in text for word in words)
        and all(value in (None, getattr(entry, name)) for name, value in wanted.items())
    ]
    return answer(page_of(rows, lambda entry: entry.code, _procedure))


@door.operation(
    "GET",
    "/procedures/<code>/facts",
    query={**_ON, **_LANGUAGE},
    answers={200: ProcedureDetail},
    fails=(404,),
)
def describe_procedure(code: str) -> Response:
    """The facts that decide who is competent."""
    return answer(described(engine().law(), code, day_asked(), _language(request.args)))


def _resolved(asked: Mapping[str, Any], facts: Mapping[str, object]) -> dict[str, Any]:
    found = resolve(engine().law(), asked["procedure"], asked["at"], facts, day_of(asked.get("on")))
    return in_language(found, _language(asked))


def _language(asked: Mapping[str, Any]) -> str:
    return one_of(asked, "language", ("vi", "en")) or "vi"


def _procedure(entry: Entry) -> dict[str, Any]:
    return {
        "code": entry.code,
        "name": dict(entry.name),
        "level": entry.level,
        "field": entry.field,
        "exclusion": entry.exclusion,
        "term": entry.term,
        "systemOfRecord": entry.system_of_record,
        "rule": entry.rule,
        "verified": entry.verified,
        "source": entry.source,
    }
