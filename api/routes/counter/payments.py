"""Money of dossiers: what is owed, what was paid, what went back; the portal's confirmations."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from flask import Response, request

from api.answers import answer
from api.calls import actor, engine, run, search
from api.door import Door
from api.dossiers import dossier_row
from api.schemas.requests.money import (
    DUTY,
    RECEIPT,
    Confirmation,
    Duty,
    DutyTold,
    Payment,
    Payments,
    ReceiptTold,
    Refund,
)
from engine.commands.determine_duty import DetermineDuty
from engine.commands.take_payment import RefundPayment, TakePayment
from engine.domain.actors import SYSTEM
from engine.domain.dossier import Procedure
from engine.errors import InvalidInput, NotAuthenticated, Unavailable
from engine.ports.engine import Done
from engine.ports.views import Condition, Query

door = Door("Payments", __name__, url_prefix="/api")
GONE = (404, 409)


@door.operation(
    "POST",
    "/dossiers/<code>/duties",
    body=Duty,
    answers={201: DutyTold},
    fails=GONE,
    sends=DetermineDuty,
)
def determine_duty(code: str, body: Mapping[str, Any]) -> Response:
    """Fix what a dossier owes; the payment code is bound to it."""
    done = run(
        DetermineDuty(
            code=code,
            lines=tuple((line["text"], int(line["amount"])) for line in body.get("lines", ())),
            exemption=body.get("exemption"),
            blocking=body.get("blocking", True),
        )
    )
    shown = {
        "paymentCode": done.result["payment_code"],
        "amount": done.result["amount"],
        "state": done.result["state"],
    }
    return answer(shown, 201, replayed=done.replayed)


@door.operation(
    "GET", "/dossiers/<code>/payments", answers={200: Payments}, fails=(404,), reads="duty"
)
def list_payments(code: str) -> Response:
    """Duties and receipts of a dossier, and who would not have to pay."""
    row = dossier_row(code)
    query = Query(where=(Condition(field="root_key", op="eq", value=row["key"]),), limit=1000)
    duties = [DUTY.present(duty) | {"lines": duty["lines"]} for duty in search("duty", query).items]
    receipts = [RECEIPT.present(receipt) for receipt in search("receipt", query).items]
    facts = engine().views.procedure_facts(actor(), row["definition_key"] or 0)
    exemptions = [one["text"].get("vi", "") for one in Procedure(facts).exemptions]
    return answer({"duties": duties, "receipts": receipts, "exemptions": exemptions})


@door.operation(
    "POST",
    "/dossiers/<code>/payments",
    body=Payment,
    answers={201: ReceiptTold},
    fails=GONE,
    sends=TakePayment,
)
def take_payment(code: str, body: Mapping[str, Any]) -> Response:
    """Take money at the counter; too little and too much are kept as they are."""
    _require_same(code, body["paymentCode"])
    command = TakePayment(
        payment_code=body["paymentCode"],
        amount=int(body["amount"]),
        method=body.get("method", "cash"),
    )
    return _receipt(run(command))


@door.operation(
    "POST",
    "/dossiers/<code>/refunds",
    body=Refund,
    answers={201: ReceiptTold},
    fails=GONE,
    sends=RefundPayment,
)
def refund_payment(code: str, body: Mapping[str, Any]) -> Response:
    """Give back what was too much, or all when the dossier ended without a result."""
    _require_same(code, body["paymentCode"])
    amount = body.get("amount")
    command = RefundPayment(
        payment_code=body["paymentCode"],
        amount=int(amount) if amount is not None else None,
        method=body.get("method", "cash"),
    )
    return _receipt(run(command))


@door.operation(
    "POST",
    "/payments/callback",
    body=Confirmation,
    answers={200: ReceiptTold},
    fails=(401, 404, 503),
    public=True,
)
def confirm_payment(body: Mapping[str, Any]) -> Response:
    """A payment portal confirms, as often as it likes; signed with HMAC-SHA256 over the body."""
    _require_signed()
    command = TakePayment(
        payment_code=body["paymentCode"],
        amount=int(body["amount"]),
        method="portal",
        external_id=body["transactionId"],
    )
    return _receipt(engine().execute(command, SYSTEM), 200)


def _require_signed() -> None:
    secret = engine().settings.payment_secret
    if not secret:
        raise Unavailable(
            "No payment portal is connected: set MOTCUA_PAYMENT_SECRET.", code="no-payment-portal"
        )
    given = request.headers.get("X-Signature", "").removeprefix("sha256=").encode()
    wanted = hmac.new(secret.encode(), request.get_data(cache=True), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(given, wanted.encode()):
        raise NotAuthenticated("The signature does not hold.", code="signature-wrong")


def _require_same(code: str, payment_code: str) -> None:
    if not payment_code.startswith(f"{code}.P"):
        raise InvalidInput(
            "The payment code belongs to another dossier.", code="payment-code-foreign"
        )


def _receipt(done: Done, status: int = 201) -> Response:
    result = done.result
    shown = {
        "number": result["number"],
        "paymentCode": result["payment_code"],
        "state": result["state"],
        "paid": result["paid"],
        "refunded": result["refunded"],
        "known": result["known"],
    }
    return answer(shown, status, replayed=done.replayed)
