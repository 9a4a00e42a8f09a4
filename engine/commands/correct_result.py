"""A result was wrong: a new dossier, linked to the old one, replaces it.

The old dossier keeps its code, result and history; the new one begins under
the version that applies today, is counted once with the old one, and costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import Context, Result
from engine.commands.dossier_guards import locked_dossier, require_part
from engine.commands.receive_dossier import ReceiveDossier, receive_dossier
from engine.domain.dossier import DossierRecord
from engine.domain.dossier.portal import DELIVERED, FINISHED
from engine.domain.events import DossierCorrected
from engine.domain.ids import Key
from engine.errors import Conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectResult:
    """``reason`` says what was wrong; the new dossier's facts are those given here."""

    code: str
    reason: str
    facts: tuple[tuple[str, object], ...] = ()
    document_key: Key | None = None


def correct_result(command: CorrectResult, context: Context) -> Result:
    dossier, _ = locked_dossier(context, command.code)
    require_part(context.actor, dossier, {"reception", "signer"})
    _require_result(dossier)
    assert dossier.applicant_key is not None  # noqa: S101 - every dossier has one
    people = context.uow.dossiers
    new = receive_dossier(
        ReceiveDossier(
            procedure_code=dossier.procedure_code,
            reception_point=dossier.reception_point,
            applicant=people.person(dossier.applicant_key),
            agent=None if dossier.agent_key is None else people.person(dossier.agent_key),
            facts=dict(command.facts),
            return_channel=dossier.return_channel,
            separate=True,
            linked_key=dossier.key,
            link_kind="correction",
        ),
        context,
    )
    corrected = DossierCorrected(
        key=dossier.key,
        step_key=context.uow.next_key(),
        code=dossier.code,
        status_before=dossier.status,
        status=dossier.status,
        stage=dossier.axes.stage,
        business=dossier.axes.business,
        finance=dossier.axes.finance,
        delivery=dossier.axes.delivery,
        document_key=command.document_key,
        reason=command.reason,
        by_key=int(str(new["key"])),
    )
    context.uow.record(dossier.key, corrected)
    return new


def _require_result(dossier: DossierRecord) -> None:
    if dossier.status not in (FINISHED, DELIVERED):
        raise Conflict(
            "Only a dossier with a result (9 or 10) can be corrected.", code="no-result-yet"
        )
