"""Fix what a dossier owes: lines of the fee table, or the exemption word by word.

A dossier that owes nothing never sees a payment screen. A duty that blocks
puts the dossier to status 6, unless its own diagram sets the codes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engine.commands.context import Context, Result
from engine.commands.dossier_guards import locked_dossier, require_part
from engine.commands.dossier_status import set_status
from engine.domain.dossier import DossierRecord, Procedure, project
from engine.domain.dossier.money import finance_of, state_of
from engine.domain.dossier.portal import ENDS, PAYMENT
from engine.domain.events import DutyDetermined
from engine.errors import Conflict, Fault, InvalidInput

MOST = 10**12


@dataclass(frozen=True, slots=True, kw_only=True)
class DetermineDuty:
    """``lines`` are (what, amount in dong); with ``exemption`` the amount is 0."""

    code: str
    lines: Sequence[tuple[str, int]] = ()
    exemption: str | None = None
    blocking: bool = True


def determine_duty(command: DetermineDuty, context: Context) -> Result:
    _require_sums(command)
    dossier, root = locked_dossier(context, command.code)
    require_part(context.actor, dossier, {"reception", "specialist", "cashier"})
    if project(dossier.axes) in ENDS or (dossier.code is None and dossier.portal_code is None):
        raise Conflict("The dossier has ended.", code="dossier-ended")

    duties = context.uow.money.duties(root.key)
    payment_code = f"{dossier.code or dossier.portal_code}.P{len(duties) + 1}"
    amount = 0 if command.exemption else sum(sum_ for _, sum_ in command.lines)
    state = state_of(amount, 0, 0)
    finance = finance_of([*(duty.state for duty in duties), state])
    if dossier.axes.finance == "waiting":
        finance = "waiting"
    context.uow.record(
        root.key,
        DutyDetermined(
            key=context.uow.next_key(),
            dossier_key=dossier.key,
            payment_code=payment_code,
            amount=amount,
            blocking=command.blocking,
            state=state,
            finance=finance,
            exemption=command.exemption,
            lines=tuple({"text": text, "amount": sum_} for text, sum_ in command.lines),
        ),
    )
    if amount and command.blocking and not _diagram_sets_codes(context, dossier):
        now = replace(dossier, axes=replace(dossier.axes, finance=finance))
        set_status(context.uow, now, PAYMENT)
    return {"key": dossier.key, "payment_code": payment_code, "amount": amount, "state": state}


def _diagram_sets_codes(context: Context, dossier: DossierRecord) -> bool:
    if dossier.definition_key is None:
        return False
    facts: Mapping[str, object] = context.uow.dossiers.procedure_of(dossier.definition_key)
    return bool(Procedure(facts).portal)


def _require_sums(command: DetermineDuty) -> None:
    wrong = [text for text, amount in command.lines if not 0 <= amount <= MOST]
    if wrong or not (command.lines or command.exemption):
        said = "Give lines with amounts of 0 dong or more, or the text of an exemption."
        fault = Fault(pointer="/lines", code="amount", sentence=said)
        raise InvalidInput(said, [fault], code="duty-invalid")
