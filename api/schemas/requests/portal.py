"""Bodies about the national portal."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.fields import Instant, Items, Key, Text, Whole
from api.schemas.search import answer, page_schema, request

PortalDossier = request(
    "PortalDossier",
    {
        "code": Text(pattern="^[0-9A-Za-z./-]{1,60}$", required=True),
        "status": Whole(least=1, most=10, required=True),
        "heardAt": Instant(doc="When the portal was told."),
    },
)
PortalComparison = request(
    "PortalComparison",
    {
        "dossiers": Items(fields.Nested(PortalDossier), most=100_000, required=True),
        "patienceSeconds": Whole(
            least=0, most=86_400, doc="What changed later is still under way (600)."
        ),
    },
)
PortalDifference = answer(
    "PortalDifference",
    {
        "kind": Text(values=("missing_there", "missing_here", "differs", "late")),
        "code": Text(),
        "ours": Whole(nullable=True),
        "theirs": Whole(nullable=True),
        "lateSeconds": Whole(nullable=True),
    },
)
_FOUND = {
    "checked": Whole(doc="Dossiers of ours that were compared."),
    "differences": Items(fields.Nested(PortalDifference)),
}
PortalDifferences = answer("PortalDifferences", _FOUND)
PortalRun = answer(
    "PortalRun",
    {"reconciliationKey": Key(required=True), "at": Instant(required=True), **_FOUND},
)
PortalRunPage = page_schema("PortalRun", PortalRun)
