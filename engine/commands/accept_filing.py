"""Accept a filing from the inbox: from here on as if received at the counter.

The version of the day of acceptance applies, and the agency is asked for again:
when another one decides meanwhile, the filing is not accepted here.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.competence import competent, reception_unit
from engine.commands.context import Context, Result
from engine.commands.dossier_guards import no_dossier, sees_dossier
from engine.commands.dossier_process import require_at_counter
from engine.commands.receive_dossier import ReceiveDossier, accept
from engine.domain.dossier import Procedure, advance
from engine.domain.dossier.portal import ACCEPTED
from engine.errors import Conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptFiling:
    """``term`` one of the procedure's own terms."""

    portal_code: str
    term: str | None = None


def accept_filing(command: AcceptFiling, context: Context) -> Result:
    dossiers, tenant = context.uow.dossiers, context.actor.tenant_id
    key = dossiers.find_portal_code(command.portal_code, tenant)
    if key is None or not sees_dossier(context.actor, dossiers.read(key)):
        raise no_dossier()
    context.uow.roots.lock(key)
    dossier = dossiers.read(key)
    require_at_counter(context.actor, dossier.receiving_unit)
    if dossier.code is not None:
        raise Conflict("The filing was accepted already.", code="already-accepted")
    advance(dossier.axes, ACCEPTED)
    now = context.uow.now
    today = now.astimezone(context.settings.zone).date()
    definition, facts = dossiers.procedure(dossier.procedure_code, today.isoformat(), tenant)
    procedure = Procedure(facts)
    kept = dossiers.filing(key)
    body = kept[0] if kept else {"facts": {}, "documents": [], "answers": {}}
    here = reception_unit(context, dossier.reception_point)
    answer, home = competent(context, procedure, dossier.reception_point, body["facts"], today)
    if home.path != dossier.visibility.unit_id:
        raise Conflict(
            f"Another agency decides today: {answer.competent_agency.name}.", code="agency-changed"
        )
    assert dossier.applicant_key is not None  # noqa: S101 - a filing has an applicant

    received = ReceiveDossier(
        procedure_code=dossier.procedure_code,
        reception_point=dossier.reception_point,
        applicant=dossiers.person(dossier.applicant_key),
        facts=body["facts"],
        channel=dossier.channel,
        documents=body["documents"],
        answers=body["answers"],
        term=command.term,
        return_channel=dossier.return_channel,
    )
    return accept(
        context,
        key=key,
        definition=definition,
        procedure=procedure,
        here=here,
        answer=answer,
        command=received,
        today=today,
        now=now,
    )
