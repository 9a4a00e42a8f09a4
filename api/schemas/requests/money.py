"""Bodies of money: duties, payments, refunds, and the portal's confirmation."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.columns import Column, Table
from api.schemas.fields import Flag, Items, Text, Whole
from api.schemas.search import answer, item_schema, request
from engine.domain.dossier.money import METHODS, STATES

DONG = 10**12

DutyLine = request(
    "DutyLine",
    {
        "text": Text(least=1, most=300, required=True),
        "amount": Whole(least=0, most=DONG, required=True, doc="Whole dong."),
    },
)
Duty = request(
    "DutyDetermination",
    {
        "lines": Items(fields.Nested(DutyLine), most=100),
        "exemption": Text(least=1, most=2000, doc="The law's own words; nothing is owed then."),
        "blocking": Flag(doc="The dossier waits for the money (true)."),
    },
)
Payment = request(
    "DossierPayment",
    {
        "paymentCode": Text(least=1, most=100, required=True),
        "amount": Whole(least=1, most=DONG, required=True),
        "method": Text(values=METHODS),
    },
)
Refund = request(
    "DossierRefund",
    {
        "paymentCode": Text(least=1, most=100, required=True),
        "amount": Whole(least=1, most=DONG),
        "method": Text(values=METHODS),
    },
)
Confirmation = request(
    "PaymentConfirmation",
    {
        "paymentCode": Text(least=1, most=100, required=True),
        "amount": Whole(least=1, most=DONG, required=True),
        "transactionId": Text(least=1, most=200, required=True),
    },
)
DUTY = Table(
    noun="duty",
    name="Duty",
    columns=(
        Column(wire="paymentCode", row="payment_code"),
        Column(wire="amount", row="amount", kind="whole"),
        Column(wire="exemption", row="exemption", nullable=True),
        Column(wire="state", row="state", kind="choice", values=STATES),
        Column(wire="paid", row="paid", kind="whole"),
        Column(wire="refunded", row="refunded", kind="whole"),
        Column(wire="blocking", row="blocking", kind="flag"),
        Column(wire="createdAt", row="created_at", kind="instant"),
        Column(wire="settledAt", row="settled_at", kind="instant", nullable=True),
    ),
)
RECEIPT = Table(
    noun="receipt",
    name="Receipt",
    columns=(
        Column(wire="number", row="number"),
        Column(wire="code", row="code"),
        Column(wire="paymentCode", row="payment_code"),
        Column(wire="kind", row="kind", kind="choice", values=("payment", "refund")),
        Column(wire="method", row="method", kind="choice", values=METHODS),
        Column(wire="amount", row="amount", kind="whole"),
        Column(wire="takenAt", row="taken_at"),
        Column(wire="day", row="day"),
        Column(wire="cashier", row="cashier"),
        Column(wire="externalId", row="external_id", nullable=True),
        Column(wire="at", row="at", kind="instant"),
    ),
)
DutyItem = item_schema(
    DUTY,
    {"lines": Items(fields.Nested(answer("DutyLineShown", {"text": Text(), "amount": Whole()})))},
)
ReceiptItem = item_schema(RECEIPT)
Payments = answer(
    "DossierPayments",
    {
        "duties": Items(fields.Nested(DutyItem), required=True),
        "receipts": Items(fields.Nested(ReceiptItem), required=True),
        "exemptions": Items(Text(), required=True, doc="Who does not pay, word by word."),
    },
)
DutyTold = answer(
    "DutyDetermined",
    {
        "paymentCode": Text(required=True),
        "amount": Whole(required=True),
        "state": Text(values=STATES, required=True),
    },
)
ReceiptTold = answer(
    "ReceiptWritten",
    {
        "number": Text(required=True),
        "paymentCode": Text(required=True),
        "state": Text(values=STATES, required=True),
        "paid": Whole(required=True),
        "refunded": Whole(required=True),
        "known": Flag(required=True, doc="True when this payment was told before."),
    },
)
