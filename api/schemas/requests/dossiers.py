"""Bodies of the counter: receive a dossier and take each step of its life."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from api.schemas.fields import Document, Flag, Instant, Items, Key, Text, Whole
from api.schemas.search import request
from engine.domain.dossier.record import CHANNELS, RETURNS

CODE = "^[0-9A-Za-z.-]{1,60}$"


def person_members() -> dict[str, Any]:
    """A person as a clerk types it."""
    return {
        "name": Text(least=1, most=300, required=True),
        "kind": Text(values=("citizen", "org")),
        "idKind": Text(most=40),
        "idNumber": Text(most=40),
        "birthDate": Text(most=10),
        "phone": Text(most=40),
        "email": Text(most=200),
        "address": Text(most=500),
    }


Person = request("DossierPerson", person_members())
DossierPaper = request(
    "DossierPaper",
    {
        "id": Text(least=1, most=100, required=True),
        "name": Text(most=300),
        "form": Text(most=40),
        "count": Whole(least=0, most=10_000),
    },
)
DossierReception = request(
    "DossierReception",
    {
        "procedureCode": Text(least=1, most=40, required=True),
        "receptionPoint": Text(least=1, most=40, required=True, doc="rp-20242, or a unit's code."),
        "applicant": fields.Nested(Person, required=True),
        "agent": fields.Nested(Person),
        "facts": Document(doc="The deciding facts, such as residence: a commune's code."),
        "channel": Text(values=CHANNELS),
        "documents": Items(fields.Nested(DossierPaper), most=200),
        "answers": Document(doc="Further variables of the process."),
        "term": Text(most=12, doc="One of the procedure's own terms, such as 2WD."),
        "returnChannel": Text(values=RETURNS),
        "separate": Flag(doc="Not the filing of this person that waits in the inbox."),
        "linkedDossier": Text(pattern=CODE),
        "linkKind": Text(most=40),
    },
)

DossierStepBody = request(
    "DossierStepWanted",
    {
        "reason": Text(least=1, most=4000, doc="Said to the citizen."),
        "rule": Text(least=1, most=100, doc="Id of the rule or legal ground."),
        "answerBy": Instant(doc="Until when a supplement may be answered."),
        "documentKey": Key(),
        "method": Text(values=RETURNS, doc="How the result was handed over."),
        "evidence": Text(least=1, most=4000, doc="Who received it and how that is proved."),
    },
)
ReturnChoice = request("ReturnChoice", {"returnChannel": Text(values=RETURNS, required=True)})
Correction = request(
    "DossierCorrection",
    {
        "reason": Text(least=1, most=4000, required=True),
        "facts": Document(doc="The deciding facts, as they should have been."),
        "documentKey": Key(),
    },
)
