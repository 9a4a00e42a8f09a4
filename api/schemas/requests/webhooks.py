"""Bodies that make, change and replay webhooks."""

from __future__ import annotations

from typing import Any

from api.schemas.fields import Flag, Instant, Items, Key, Text, Whole
from api.schemas.search import answer, request

_MOST = 100


def _filters() -> dict[str, Any]:
    return {
        "types": Items(
            Text(least=1, most=200), most=_MOST, doc="Event types; motcua.task.* for all so."
        ),
        "procedures": Items(Text(least=1, most=200), most=_MOST, doc="Procedure codes."),
        "units": Items(
            Text(least=1, most=200, pattern="^([0-9A-Za-z.-]+/)+$"),
            most=_MOST,
            doc="Unit paths and all below them.",
        ),
        "processes": Items(Text(least=1, most=255), most=_MOST, doc="Ids of root processes."),
    }


WebhookCreation = request(
    "WebhookCreation",
    {
        "label": Text(least=1, most=200, required=True),
        "url": Text(least=1, most=2048, required=True),
        "unitId": Text(most=200, pattern="^([0-9A-Za-z.-]+/)*$"),
        **_filters(),
    },
)

WebhookChange = request(
    "WebhookChange",
    {
        "label": Text(least=1, most=200),
        "url": Text(least=1, most=2048),
        "state": Text(values=("ACTIVE", "PAUSED")),
        **_filters(),
    },
)

SecretRotation = request(
    "SecretRotation",
    {
        "overlapSeconds": Whole(
            least=0, most=604_800, doc="How long the secret before stays valid (86,400)."
        )
    },
)

WebhookReplay = request(
    "WebhookReplay",
    {
        "dead": Flag(doc="All dead letters."),
        "after": Text(least=1, most=100, doc="A cursor of the feed."),
        "since": Instant(doc="All that happened from here on."),
    },
)

WebhookSecret = answer(
    "WebhookSecret",
    {
        "webhookKey": Key(required=True),
        "secret": Text(
            required=True, nullable=True, doc="Shown once; null when a call is repeated by its key."
        ),
    },
)

Replayed = answer(
    "WebhookReplayed",
    {
        "webhookKey": Key(required=True),
        "events": Whole(
            least=0, most=2**63 - 1, required=True, doc="Dead letters revived, or events looked at."
        ),
    },
)
