"""Answers about units, agencies and reception points; rows of law as bodies."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.fields import Document, Flag, Items, Text, Whole
from api.schemas.requests.jurisdiction import DATE
from api.schemas.search import PageAnswer, answer, request

_PAGE = {"page": fields.Nested(PageAnswer, required=True)}
AgencyRow = answer(
    "Agency",
    {
        "id": Text(required=True),
        "name": Text(required=True),
        "unitCode": Text(required=True, doc="Empty for a ministry."),
        "identifierCodes": Items(Text(), required=True, doc="Given by decision."),
    },
)
AgencyPage = answer(
    "AgencyPage", {"items": Items(fields.Nested(AgencyRow), required=True), **_PAGE}
)
PointRow = answer(
    "ReceptionPoint",
    {
        "id": Text(required=True),
        "name": Text(required=True),
        "operatedBy": Text(required=True, doc="Unit that runs the counter."),
        "locatedIn": Text(required=True, doc="Unit the counter lies in."),
        "homeOf": Items(Text(), required=True, doc="Units whose home counter it is."),
    },
)
PointPage = answer(
    "ReceptionPointPage", {"items": Items(fields.Nested(PointRow), required=True), **_PAGE}
)
_NAMED = {"code": Text(required=True), "name": Text(required=True), "label": Text(required=True)}
PresentUnit = answer("PresentUnit", dict(_NAMED))
UnitRow = answer(
    "OrganisationUnit",
    {
        **_NAMED,
        "tier": Text(values=("province", "district", "commune"), required=True),
        "effectiveFrom": Text(required=True),
        "effectiveTo": Text(nullable=True, required=True),
        "verified": Flag(required=True),
        "present": Items(
            fields.Nested(PresentUnit), required=True, doc="Units that stand in its place today."
        ),
        "decisions": Items(Text(), required=True, doc="Decisions that changed it."),
    },
)
UnitPage = answer(
    "OrganisationUnitPage", {"items": Items(fields.Nested(UnitRow), required=True), **_PAGE}
)
LawRows = request(
    "LawRows",
    {
        "kind": Text(least=1, most=60, required=True, doc="Such as scope, skilled-unit, holiday."),
        "decision": Text(least=1, most=200, required=True, doc="Number of the decision."),
        "source": Text(least=1, most=500, required=True),
        "effective_from": Text(pattern=DATE, doc="For rows that do not say their own."),
        "rows": Items(Document(), most=1000, required=True, doc="Members of the kind."),
    },
)
LawChange = answer(
    "LawChange",
    {"kind": Text(required=True), "added": Whole(), "changed": Whole(), "same": Whole()},
)
LawRowAnswer = answer(
    "LawRow",
    {
        "kind": Text(required=True),
        "id": Text(required=True),
        "effectiveFrom": Text(required=True),
        "effectiveTo": Text(nullable=True, required=True),
        "body": Document(required=True),
        "source": Text(required=True),
        "verified": Flag(required=True),
        "decision": Text(nullable=True, required=True),
    },
)
LawRowPage = answer(
    "LawRowPage", {"items": Items(fields.Nested(LawRowAnswer), required=True), **_PAGE}
)
