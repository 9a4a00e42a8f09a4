"""Take money for a duty, or give it back; each receipt has a gap-free number.

Too little leaves the duty ``short``, too much ``double``; both are kept as they
are and never refused, because the money is there. What was paid in full lets
the dossier go on. Money goes back only where it was too much or the dossier ended
without a result.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.commands.context import Context, Result
from engine.commands.deadlines import end_pauses
from engine.commands.dossier_guards import no_dossier, require_part, sees_dossier
from engine.commands.dossier_status import set_status
from engine.domain.dossier import DossierRecord, project
from engine.domain.dossier.axes import Finance
from engine.domain.dossier.money import METHODS, DutyRecord, DutyState, finance_of, state_of
from engine.domain.dossier.portal import NOT_ACCEPTED, PAYMENT, STOPPED
from engine.domain.events import ReceiptWritten
from engine.errors import Conflict, InvalidInput, NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePayment:
    """``external_id`` is the payment's own number outside: the same one is one receipt."""

    payment_code: str
    amount: int
    method: str = "cash"
    external_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundPayment:
    """``amount`` None gives back all that may go back."""

    payment_code: str
    amount: int | None = None
    method: str = "cash"


def take_payment(command: TakePayment, context: Context) -> Result:
    _require_amount(command.amount, command.method)
    tenant = context.actor.tenant_id
    dossier, duty = _locked(context, command.payment_code)
    if command.external_id is not None:
        known = context.uow.money.receipt_number(command.external_id, tenant)
        if known is not None:
            return _told(duty, known, known=True)
    paid = replace(duty, paid=duty.paid + command.amount)
    finance = _finance(context, dossier, paid.key, paid.state)

    number = _write(context, dossier, paid, "payment", command, finance)

    if project(dossier.axes) == PAYMENT and finance in ("paid", "double"):
        # Back to the stage the payment was asked at; the axes already hold the money.
        now = replace(dossier, axes=replace(dossier.axes, finance="waiting"))
        set_status(context.uow, now, dossier.axes.stage, finance=finance)
    if finance in ("paid", "double"):
        end_pauses(context, dossier.key, "finance")
    return _told(paid, number, known=False)


def refund_payment(command: RefundPayment, context: Context) -> Result:
    dossier, duty = _locked(context, command.payment_code)
    owed = duty.net if project(dossier.axes) in (NOT_ACCEPTED, STOPPED) else duty.net - duty.amount
    amount = owed if command.amount is None else command.amount
    if owed <= 0 or amount > owed:
        raise Conflict(
            f"At most {max(owed, 0)} dong of this duty may go back.", code="refund-not-due"
        )
    _require_amount(amount, command.method)
    back = replace(duty, refunded=duty.refunded + amount)
    finance = _finance(context, dossier, back.key, back.state)
    number = _write(context, dossier, back, "refund", replace(command, amount=amount), finance)
    return _told(back, number, known=False)


def _locked(context: Context, payment_code: str) -> tuple[DossierRecord, DutyRecord]:
    tenant = context.actor.tenant_id
    found = context.uow.money.find(payment_code, tenant)
    if found is None or not sees_dossier(context.actor, context.uow.dossiers.read(found.root_key)):
        raise NotFound("There is no such payment code.", code="payment-code-unknown")
    context.uow.roots.lock(found.root_key)
    dossier = context.uow.dossiers.read(found.root_key)
    require_part(context.actor, dossier, {"reception", "cashier"})
    duty = context.uow.money.find(payment_code, tenant)
    if duty is None:
        raise no_dossier()
    return dossier, duty


def _finance(context: Context, dossier: DossierRecord, key: int, state: DutyState) -> Finance:
    """The finance axis with this duty's new state."""
    others = [duty.state for duty in context.uow.money.duties(dossier.key) if duty.key != key]
    return finance_of([*others, state])


def _write(
    context: Context,
    dossier: DossierRecord,
    duty: DutyRecord,
    kind: str,
    command: TakePayment | RefundPayment,
    finance: Finance,
) -> str:
    here = dossier.receiving_unit if command.method == "portal" else context.actor.unit_id
    here = here or dossier.receiving_unit
    day = context.uow.now.astimezone(context.settings.zone).date()
    series = f"BL.{here.strip('/').replace('/', '.')}-{day:%y%m%d}-{{number}}"
    waits = dossier.axes.finance == "waiting" and finance in ("due", "short")
    number = context.uow.money.next_number(series, context.actor.tenant_id)
    context.uow.record(
        dossier.key,
        ReceiptWritten(
            key=context.uow.next_key(),
            duty_key=duty.key,
            dossier_key=dossier.key,
            kind=kind,
            method=command.method,
            amount=command.amount or 0,
            number=number,
            taken_at=here,
            day=day.isoformat(),
            cashier=context.actor.name,
            state=state_of(duty.amount, duty.paid, duty.refunded),
            paid=duty.paid,
            refunded=duty.refunded,
            finance="waiting" if waits else finance,
            external_id=getattr(command, "external_id", None),
        ),
    )
    return number


def _told(duty: DutyRecord, number: str, *, known: bool) -> Result:
    return {
        "key": duty.root_key,
        "payment_code": duty.payment_code,
        "number": number,
        "state": duty.state,
        "paid": duty.paid,
        "refunded": duty.refunded,
        "known": known,
    }


def _require_amount(amount: int, method: str) -> None:
    if amount <= 0 or amount > 10**12:
        raise InvalidInput("The amount must be 1 dong or more.", code="amount-invalid")
    if method not in METHODS:
        raise InvalidInput(f"The method is one of {', '.join(METHODS)}.", code="choice")
