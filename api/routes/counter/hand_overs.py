"""Hand-overs between agencies: offer, list, accept, refuse, withdraw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request

from api.answers import answer
from api.calls import get, key_of, run, search
from api.door import Door
from api.dossiers import PAGING, dossier_row, list_query
from api.instants import parse_instant
from api.queries import show_page
from api.schemas.nouns.hand_over import (
    HAND_OVER,
    HandOverAnswer,
    HandOverItem,
    HandOverOffer,
    HandOverPage,
)
from engine.commands.hand_over import AnswerHandOver, OfferHandOver
from engine.errors import NotFound
from engine.ports.views import Condition

door = Door("Hand-overs", __name__, url_prefix="/api")
_ANSWERS = {"acceptance": "accepted", "refusal": "refused", "withdrawal": "withdrawn"}
_FILTERS = {"state": "state", "fromAgency": "from_agency", "toAgency": "to_agency", "code": "code"}


@door.operation(
    "POST",
    "/dossiers/<code>/hand-over",
    body=HandOverOffer,
    answers={201: HandOverItem},
    fails=(404, 409),
    sends=OfferHandOver,
)
def offer_hand_over(code: str, body: Mapping[str, Any]) -> Response:
    """Offer a dossier to another agency; it stays here until that one accepts."""
    until = body.get("answerBy")
    command = OfferHandOver(
        code=str(dossier_row(code)["code"]),
        to_agency=body["toAgency"],
        reason=body["reason"],
        answer_by=parse_instant(until) if until else None,
    )
    done = run(command)
    return answer(_shown(int(str(done.result["key"]))), 201, replayed=done.replayed)


@door.operation(
    "GET",
    "/hand-overs",
    query=PAGING | {name: {"type": "string"} for name in _FILTERS},
    answers={200: HandOverPage},
    reads="hand_over",
)
def list_hand_overs() -> Response:
    """Offers from or to the caller's agencies; nobody else sees them."""
    where = [
        Condition(field=field, op="eq", value=request.args[name])
        for name, field in _FILTERS.items()
        if name in request.args
    ]
    page = search("hand_over", list_query(where, sort=(("offered_at", "asc"),)))
    return answer(show_page(page, [HAND_OVER.present(row) for row in page.items]))


@door.operation(
    "POST",
    "/hand-overs/<hand_over_key>/<verdict>",
    body=HandOverAnswer,
    optional=True,
    answers={200: HandOverItem},
    fails=(404, 409),
    sends=AnswerHandOver,
)
def answer_hand_over(hand_over_key: str, verdict: str, body: Mapping[str, Any]) -> Response:
    """Accept or refuse as the receiver, or take the offer back as the sender."""
    if verdict not in _ANSWERS:
        raise NotFound("Answer by acceptance, refusal or withdrawal.")
    key = key_of(hand_over_key, "handOverKey")
    command = AnswerHandOver(key=key, answer=_ANSWERS[verdict], reason=body.get("reason"))
    done = run(command)
    return answer(_shown(key), replayed=done.replayed)


def _shown(key: int) -> dict[str, Any]:
    return HAND_OVER.present(get("hand_over", key, "hand-over"))
