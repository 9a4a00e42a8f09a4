"""Bodies of messages, signals and the clock."""

from __future__ import annotations

from api.schemas.fields import Document, Text, Whole
from api.schemas.requests.instances import TENANT
from api.schemas.search import request

_NAME = Text(least=1, most=1000, required=True)
TTL_MOST = 7 * 24 * 3600 * 1000
# The year 9999, as far as dates go.
LATEST_INSTANT = 253_402_300_799_999

Publication = request(
    "MessagePublication",
    {
        "name": _NAME,
        "correlationKey": Text(most=1000),
        "timeToLive": Whole(
            least=0, most=TTL_MOST, doc="Milliseconds the message waits for a receiver."
        ),
        "messageId": Text(most=1000, doc="The same message is kept once while it lives."),
        "variables": Document(),
        "tenantId": TENANT,
    },
)

Correlation = request(
    "MessageCorrelation",
    {
        "name": _NAME,
        "correlationKey": Text(most=1000),
        "variables": Document(),
        "tenantId": TENANT,
    },
)

Broadcast = request(
    "SignalBroadcast",
    {"signalName": _NAME, "variables": Document(), "tenantId": TENANT},
)

ClockPin = request(
    "ClockPin",
    {
        "timestamp": Whole(
            least=0, most=LATEST_INSTANT, required=True, doc="Milliseconds since 1970."
        )
    },
)
