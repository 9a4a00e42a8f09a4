"""Bodies and answers of the resolver and the catalogue."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.fields import Document, Flag, Items, Text
from api.schemas.search import PageAnswer, answer, request

DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"

Where = request(
    "WhereQuestion",
    {
        "procedure": Text(least=1, most=20, required=True, doc="Code, such as 1.004873."),
        "at": Text(least=1, most=40, required=True, doc="Reception point, or a unit's code."),
        "facts": Document(doc='Deciding facts by name, such as {"residence": "20950"}.'),
        "on": Text(pattern=DATE, doc="Day of acceptance (today)."),
        "language": Text(values=("vi", "en"), doc="Language of the sentences (vi)."),
    },
)
Agency = answer(
    "CompetentAgency",
    {
        "id": Text(required=True, doc="Stands behind the @ of a group."),
        "name": Text(required=True),
        "unit_code": Text(required=True),
        "unit_path": Text(required=True),
    },
)
WhereAnswer = answer(
    "WhereAnswer",
    {
        "accepted": Flag(required=True),
        "procedure": Text(),
        "competent_agency": fields.Nested(Agency),
        "reception_point": Document(),
        "rule": Document(),
        "decision": Text(),
        "verified": Flag(),
        "explanation": Items(Text(), doc="Lines to read aloud, when accepted."),
        "code": Text(doc="Reason of a refusal."),
        "hint": Text(doc="Where to go instead."),
    },
)
FactAnswer = answer(
    "DecidingFact",
    {
        "name": Text(required=True),
        "type": Text(required=True),
        "label": Text(required=True),
        "required": Flag(required=True),
    },
)
Procedure = answer(
    "Procedure",
    {
        "code": Text(required=True),
        "name": Document(required=True, doc="By language."),
        "level": Text(values=("province", "commune"), required=True),
        "field": Text(required=True),
        "exclusion": Text(nullable=True, required=True, doc="Class that is received at home only."),
        "term": Text(nullable=True, required=True, doc="3WD, 15D; null when not known."),
        "systemOfRecord": Text(required=True),
        "rule": Text(required=True),
        "verified": Flag(required=True),
        "source": Text(required=True),
    },
)
ProcedurePage = answer(
    "ProcedurePage",
    {
        "items": Items(fields.Nested(Procedure), required=True),
        "page": fields.Nested(PageAnswer, required=True),
    },
)
ProcedureDetail = answer(
    "ProcedureDetail",
    {
        "procedure": Text(required=True),
        "name": Text(required=True),
        "level": Text(required=True),
        "exclusion": Text(nullable=True, required=True),
        "rule": Document(required=True),
        "facts": Items(fields.Nested(FactAnswer), required=True),
    },
)
