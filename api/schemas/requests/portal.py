"""Bodies about the national portal."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.fields import Instant, Items, Text, Whole
from api.schemas.search import answer, request

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
PortalDifferences = answer(
    "PortalDifferences",
    {
        "checked": Whole(doc="Dossiers of ours that were compared."),
        "differences": Items(
            fields.Nested(
                answer(
                    "PortalDifference",
                    {
                        "kind": Text(values=("missing_there", "missing_here", "differs", "late")),
                        "code": Text(),
                        "ours": Whole(nullable=True),
                        "theirs": Whole(nullable=True),
                        "lateSeconds": Whole(nullable=True),
                    },
                )
            )
        ),
    },
)
