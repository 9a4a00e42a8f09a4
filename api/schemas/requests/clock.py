"""Bodies and answers of the legal clock."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.fields import Flag, Instant, Items, Text, Whole
from api.schemas.search import PageAnswer, answer, request
from engine.domain.clock.law import PURPOSES
from engine.domain.clock.wire import PAUSE_KINDS

UNIT = r"^([0-9]{2,5}/)*$"
_TERM = Text(
    most=12, required=True, doc="3WD, 0.5WD (working days), 4h (working hours), 15D (days), 0WD."
)

Pause = request(
    "ClockPause",
    {
        "from": Instant(required=True),
        "to": Instant(doc="Absent while it still stands."),
        "kind": Text(values=PAUSE_KINDS),
        "rule": Text(least=1, most=100, required=True),
    },
)

ClockDue = request(
    "ClockDue",
    {
        "from": Instant(required=True, doc="The moment of receipt."),
        "term": _TERM,
        "unit": Text(most=40, pattern=UNIT, doc="Tree path of the unit, such as 48/20242/."),
        "calendar": Text(values=PURPOSES),
        "cutOff": Text(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$"),
        "supplement": Text(most=12, doc="Extra term of a difficult area."),
        "pauses": Items(fields.Nested(Pause), most=200),
    },
)

_TEXTS = answer("Texts", {"vi": Text(), "en": Text()})
Line = answer(
    "DerivationLine",
    {
        "date": Text(required=True),
        "counted": Text(required=True, doc="In the unit of the term."),
        "rule": Text(required=True),
        "source": fields.Nested(_TEXTS, required=True),
        "verified": Flag(required=True),
        "text": fields.Nested(_TEXTS, required=True),
    },
)
Warned = answer(
    "ClockWarning",
    {"code": Text(required=True), "vi": Text(required=True), "en": Text(required=True)},
)
DueAnswer = answer(
    "DueDate",
    {
        "due": Text(required=True, doc="ISO 8601 with the local offset."),
        "derivation": Items(fields.Nested(Line), required=True),
        "calendar": Text(required=True, doc="State of the law it was computed with."),
        "warnings": Items(fields.Nested(Warned), required=True),
    },
)
CalendarDay = answer(
    "CalendarDay",
    {
        "date": Text(required=True),
        "kind": Text(values=("holiday", "off", "worked"), required=True),
        "name": fields.Nested(_TEXTS, required=True),
        "rule": Text(required=True),
        "source": fields.Nested(_TEXTS, required=True),
        "verified": Flag(required=True),
        "unit": Text(required=True, nullable=True, doc="null = the whole country."),
    },
)
CalendarDays = answer(
    "CalendarDays",
    {
        "items": Items(fields.Nested(CalendarDay), required=True),
        "page": fields.Nested(PageAnswer, required=True),
    },
)

ClockMove = answer(
    "ClockMove",
    {
        "code": Text(nullable=True),
        "name": Text(required=True, doc="statutory, committed, task or timer."),
        "elementId": Text(nullable=True),
        "old": Text(required=True),
        "new": Text(required=True),
    },
)
ClockMoved = answer("ClockMoved", {"moved": Items(fields.Nested(ClockMove), required=True)})
ClockPauseOrder = request(
    "DossierPause",
    {
        "rule": Text(least=1, most=100, required=True, doc="Id of a pause rule of the law."),
        "at": Instant(doc="When it began or ended; now."),
    },
)
ClockExtension = request(
    "DossierExtension",
    {
        "term": _TERM,
        "document": Text(least=1, most=200, required=True, doc="Number and date of the letter."),
        "reason": Text(most=2000),
    },
)
_Clock = answer(
    "DossierClock",
    {
        "name": Text(required=True),
        "elementId": Text(nullable=True),
        "state": Text(values=("green", "amber", "red", "paused", "stopped"), required=True),
        "term": Text(required=True),
        "from": Text(required=True),
        "kept": Text(required=True, doc="The date as it was last told."),
        "supplement": Text(nullable=True),
        "supplementRule": Text(nullable=True),
        "due": Text(required=True),
        "derivation": Items(fields.Nested(Line), required=True),
        "calendar": Text(required=True),
        "warnings": Items(fields.Nested(Warned), required=True),
    },
)
DossierDeadline = answer(
    "DossierDeadline",
    {
        "code": Text(nullable=True),
        "clocks": Items(fields.Nested(_Clock), required=True),
        "pauses": Items(
            fields.Nested(
                answer(
                    "DossierClockPause",
                    {
                        "rule": Text(required=True),
                        "kind": Text(required=True),
                        "from": Text(required=True),
                        "to": Text(nullable=True),
                    },
                )
            ),
            required=True,
        ),
        "extensions": Items(
            fields.Nested(
                answer(
                    "DossierClockExtension",
                    {"term": Text(required=True), "document": Text(required=True)},
                )
            ),
            required=True,
        ),
    },
)
WhatIfAnswer = answer(
    "ClockWhatIfAnswer",
    {
        "asked": Whole(least=0, required=True, doc="Dossiers with running clocks."),
        "moved": Items(fields.Nested(ClockMove), required=True),
        "calendar": Text(required=True),
    },
)
