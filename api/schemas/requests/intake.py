"""Bodies of the portal's intake and of the inbox."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.fields import Document, Instant, Items, Text
from api.schemas.requests.dossiers import CODE, DossierPaper, Person
from api.schemas.search import request
from engine.domain.dossier.record import RETURNS

Filing = request(
    "DossierFiling",
    {
        "portalCode": Text(pattern=CODE, required=True),
        "procedureCode": Text(least=1, most=40, required=True),
        "receptionPoint": Text(least=1, most=40, required=True),
        "submittedAt": Instant(doc="When the citizen sent it; acceptance is later."),
        "applicant": fields.Nested(Person, required=True),
        "agent": fields.Nested(Person),
        "facts": Document(),
        "documents": Items(fields.Nested(DossierPaper), most=200),
        "answers": Document(),
        "returnChannel": Text(values=RETURNS),
    },
)
FilingAcceptance = request("FilingAcceptance", {"term": Text(most=12)})
