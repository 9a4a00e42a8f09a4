"""Hand-overs on the wire."""

from __future__ import annotations

from api.schemas.columns import Column, Table
from api.schemas.fields import Instant, Text
from api.schemas.search import item_schema, page_schema, request

STATES = ("offered", "accepted", "refused", "withdrawn", "expired")

HAND_OVER = Table(
    noun="hand_over",
    name="HandOver",
    columns=(
        Column(wire="handOverKey", row="key", kind="key"),
        Column(wire="code", row="code", nullable=True),
        Column(wire="procedureCode", row="procedure_code", nullable=True),
        Column(wire="fromAgency", row="from_agency"),
        Column(wire="toAgency", row="to_agency"),
        Column(wire="state", row="state", kind="choice", values=STATES),
        Column(wire="reason", row="reason", nullable=True),
        Column(wire="answer", row="answer", nullable=True),
        Column(wire="answeredBy", row="answered_by", nullable=True),
        Column(wire="offeredAt", row="offered_at", kind="instant"),
        Column(wire="answerBy", row="answer_by", kind="instant", nullable=True),
        Column(wire="answeredAt", row="answered_at", kind="instant", nullable=True),
    ),
)

HandOverItem = item_schema(HAND_OVER)
HandOverPage = page_schema("HandOver", HandOverItem)
HandOverOffer = request(
    "HandOverOffer",
    {
        "toAgency": Text(least=1, most=60, required=True, doc="Such as ubnd-20242."),
        "reason": Text(least=1, most=2000, required=True),
        "answerBy": Instant(doc="Without an answer by then the offer lapses."),
    },
)
HandOverAnswer = request("HandOverAnswer", {"reason": Text(most=2000)})
