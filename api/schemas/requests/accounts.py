"""Bodies that create and change accounts and their tokens."""

from __future__ import annotations

from api.schemas.fields import Flag, Instant, Items, Text
from api.schemas.search import request

_PASSWORD = Text(least=8, most=1000)
_EXTENSIONS = {
    "roles": Items(Text(least=1, most=100), most=20, doc="Extension."),
    "groups": Items(Text(least=1, most=200), most=64, doc="Extension: role@agency."),
    "unitId": Text(most=200, pattern="^([0-9A-Za-z.-]+/)*$", doc="Extension: 48/20242/."),
}
# Contact data is not kept of accounts, so a value is refused instead of dropped.
_EMAIL = Text(most=0, nullable=True, doc="Not kept: leave it out.")

UserCreation = request(
    "UserCreation",
    {
        "username": Text(least=1, most=200, required=True),
        "password": Text(least=8, most=1000, required=True),
        "name": Text(most=200),
        "email": _EMAIL,
        **_EXTENSIONS,
    },
)

UserChange = request(
    "UserChange",
    {
        "password": _PASSWORD,
        "name": Text(most=200),
        "email": _EMAIL,
        "disabled": Flag(doc="Extension: a block acts at once."),
        **_EXTENSIONS,
    },
)

TokenIssue = request(
    "TokenIssue",
    {
        "label": Text(least=1, most=200, required=True),
        "jobTypes": Items(Text(least=1, most=1000), most=100, nullable=True),
        "expiresAt": Instant(nullable=True),
    },
)
