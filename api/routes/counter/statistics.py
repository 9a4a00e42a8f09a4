"""Figures of a unit's day, each with the codes behind it."""

from __future__ import annotations

import re
from datetime import date

from flask import Response, request

from api.answers import answer
from api.calls import actor, engine
from api.door import Door
from api.schemas.fields import Document, Text
from api.schemas.search import answer as answer_schema
from engine.errors import Fault, InvalidInput

door = Door("Statistics", __name__, url_prefix="/api/statistics")
DayClose = answer_schema(
    "DayClose",
    {
        "unit": Text(required=True),
        "day": Text(required=True),
        "received": Document(required=True, doc="count, codes, byChannel."),
        "solved": Document(required=True, doc="count, codes, onTime, late."),
        "ended": Document(required=True, doc="Without a result: notAccepted, stopped."),
        "overdue": Document(required=True, doc="Open at the end of the day, byCause."),
        "linked": Document(required=True, doc="Received, and counted with another dossier."),
        "cash": Document(required=True, doc="Payments and refunds by method, net, till."),
    },
)


@door.operation(
    "GET",
    "/day",
    query={"unit": {"type": "string"}, "day": {"type": "string", "format": "date"}},
    answers={200: DayClose},
)
def get_day() -> Response:
    """A unit's day as far as the caller may see it; default: the own unit, today."""
    unit = request.args.get("unit", actor().unit_id)
    if not re.fullmatch(r"([0-9]{2,5}/){0,2}", unit):
        raise _wrong("unit", "unit must be a tree path such as 48/20242/.")
    figures = engine().views.day(actor(), unit, _day(), engine().settings.zone)
    return answer(dict(figures))


def _day() -> date | None:
    text = request.args.get("day")
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise _wrong("day", "day must be a date such as 2026-11-23.") from None


def _wrong(name: str, sentence: str) -> InvalidInput:
    return InvalidInput(sentence, [Fault(pointer=name, code="type", sentence=sentence)])
