"""Take one step of a dossier's life: by a person, or by a job of its own process.

Refused: a step the portal's table forbids, one that lacks its reason, term or
evidence, and anybody who has no part in the dossier. What ends a dossier also
ends its process, in the same transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.commands.context import Context, Result
from engine.commands.deadlines import end_pauses, pause_clocks
from engine.commands.dossier_guards import locked_dossier, require_part
from engine.commands.dossier_status import record_step
from engine.domain.dossier import DossierRecord, Procedure, advance, project
from engine.domain.dossier.steps import FROM, STEPS, StepRule
from engine.domain.ids import Key
from engine.errors import Conflict, Fault, InvalidInput

METHODS = ("point", "post", "digital")


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeStep:
    """``code`` is the dossier's code; for one without, its portal code.

    ``reason`` is said to the citizen, ``evidence`` who received the result and how
    that is proved; both are kept beside the chain, not in it.
    """

    code: str
    step: str
    reason: str | None = None
    rule: str | None = None
    answer_by: datetime | None = None
    document_key: Key | None = None
    method: str | None = None
    evidence: str | None = None


def take_step(command: TakeStep, context: Context) -> Result:
    rule = STEPS.get(command.step)
    if rule is None:
        raise InvalidInput(f"There is no step of this name; {', '.join(STEPS)}.", code="no-step")
    dossier, root = locked_dossier(context, command.code)
    require_part(context.actor, dossier, rule.roles)
    _require_given(rule, command, context)
    if root.state is not None and not rule.ends:
        _require_free(context, dossier)

    status = _take(context, dossier, rule, command)
    _move_clocks(context, dossier, command)
    if rule.ends and root.state is not None:
        process = context.runtime.restore(root.state, context.environment(root.key))
        process.cancel(root.key)
        context.save(root.key, process)
    return {"key": dossier.key, "code": dossier.code, "status": status}


def _take(context: Context, dossier: DossierRecord, rule: StepRule, command: TakeStep) -> int:
    before, wanted = project(dossier.axes), FROM.get(rule.name)
    if wanted is not None and before != wanted:
        raise Conflict(
            f"The step {rule.name} leaves status {wanted}; the dossier has {before}.",
            code="status-illegal",
        )
    if rule.name == "supplement-expired":
        _require_late(context, dossier)
    axes = advance(dossier.axes, rule.leads_to(dossier.axes))
    more: dict[str, Any] = {"reason": command.reason}
    if rule.name == "deliver":
        more = {"reason": command.evidence, "method": command.method}
    record_step(
        context.uow,
        dossier,
        rule,
        axes,
        rule=command.rule,
        document_key=command.document_key,
        answer_by=command.answer_by,
        **more,
    )
    return project(axes)


def _move_clocks(context: Context, dossier: DossierRecord, command: TakeStep) -> None:
    """Asking alone stops no clock: it stands when a rule of the law is named, until the answer."""
    if dossier.code is None:
        return
    if command.step == "supplement" and command.rule:
        pause_clocks(context, dossier.key, rule=command.rule)
    elif command.step == "supplement-answered":
        end_pauses(context, dossier.key, "supplement")


def _require_given(rule: StepRule, command: TakeStep, context: Context) -> None:
    faults = [
        Fault(pointer=f"/{_wire(name)}", code="required", sentence=f"{_wire(name)} is missing.")
        for name in sorted(rule.needs)
        if not getattr(command, name)
    ]
    if command.answer_by is not None and command.answer_by <= context.uow.now:
        said = "answerBy must lie in the future."
        faults.append(Fault(pointer="/answerBy", code="past", sentence=said))
    if command.method is not None and command.method not in METHODS:
        said = f"method is one of {', '.join(METHODS)}."
        faults.append(Fault(pointer="/method", code="choice", sentence=said))
    if faults:
        raise InvalidInput(f"The step {rule.name} lacks something.", faults, code="step-incomplete")


def _require_free(context: Context, dossier: DossierRecord) -> None:
    """While a process sets the codes, a person's step would make its next one illegal."""
    if dossier.definition_key is None:
        return
    if Procedure(context.uow.dossiers.procedure_of(dossier.definition_key)).portal:
        raise Conflict(
            "The procedure's own diagram sets this status: complete its task instead.",
            code="process-sets-status",
        )


def _require_late(context: Context, dossier: DossierRecord) -> None:
    until = context.uow.dossiers.answer_by(dossier.key)
    if until is not None and context.uow.now <= until:
        raise Conflict("The time to answer is not over yet.", code="answer-not-late")


def _wire(name: str) -> str:
    return "answerBy" if name == "answer_by" else name
