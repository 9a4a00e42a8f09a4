"""Receive a dossier at a counter: who decides, code and slip, and the procedure begins.

Refused, with nothing stored: a reception point of others, an excluded or
foreign procedure (with a hint where to go), missing facts, a filing of the same
person that already waits in the inbox. Code and process are one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from engine.commands.competence import competent, reception_unit
from engine.commands.context import Context, Result
from engine.commands.dossier_papers import due_dates, issue_code, new_secret
from engine.commands.dossier_process import begin_process, require_at_counter
from engine.commands.settle_component import add_components
from engine.domain.dossier import PersonRecord, Procedure
from engine.domain.dossier.portal import ACCEPTED
from engine.domain.events import DossierAccepted, DossierOpened
from engine.domain.ids import Key
from engine.domain.jurisdiction import Accepted
from engine.domain.organisation import Unit
from engine.domain.records import DefinitionRecord, Visibility
from engine.errors import Conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveDossier:
    """``facts`` hold the deciding ones; ``answers`` become variables of the process."""

    procedure_code: str
    reception_point: str
    applicant: PersonRecord
    agent: PersonRecord | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    channel: str = "counter"
    documents: Sequence[Mapping[str, object]] = ()
    answers: Mapping[str, object] = field(default_factory=dict)
    term: str | None = None
    return_channel: str = "point"
    separate: bool = False
    linked_key: Key | None = None
    link_kind: str | None = None


def receive_dossier(command: ReceiveDossier, context: Context) -> Result:
    now = context.uow.now
    today = now.astimezone(context.settings.zone).date()
    here = reception_unit(context, command.reception_point)
    require_at_counter(context.actor, here.path)
    definition, facts = context.uow.dossiers.procedure(
        command.procedure_code, today.isoformat(), context.actor.tenant_id
    )
    procedure = Procedure(facts)
    answer, home = competent(context, procedure, command.reception_point, command.facts, today)
    applicant, agent = _persons(command, context)

    key = context.uow.next_key()
    visibility = Visibility(
        tenant_id=definition.tenant_id,
        unit_id=home.path,
        procedure_code=procedure.code,
        sealed=procedure.exclusion is not None,
    )
    context.uow.roots.create(key, visibility)
    context.uow.record(key, _opened(command, key, here, answer, applicant, agent))
    return accept(
        context,
        key=key,
        definition=definition,
        procedure=procedure,
        here=here,
        answer=answer,
        command=command,
        today=today,
        now=now,
    )


def accept(
    context: Context,
    *,
    key: Key,
    definition: DefinitionRecord,
    procedure: Procedure,
    here: Unit,
    answer: Accepted,
    command: ReceiveDossier,
    today: date,
    now: datetime,
) -> Result:
    """Dates, code, secret, process: what makes an open dossier an accepted one."""
    term, statutory, committed = due_dates(context, key, procedure, here.path, now, command.term)
    # The counter's row stays locked from here to the commit, so it comes last.
    code = issue_code(context, here.path, today)
    accepted = DossierAccepted(
        key=key,
        code=code,
        definition_key=definition.ref.key,
        applies_from=definition.applies_from,
        accepted_at=now,
        decision=answer.decision,
        term=str(term) if term else None,
        statutory_due_at=statutory,
        committed_due_at=committed,
        status=ACCEPTED,
        stage=ACCEPTED,
    )
    variables = {
        "dossier": {
            "code": code,
            "key": str(key),
            "unit": answer.competent_agency.unit_code,
            "agency": answer.competent_agency.id,
            "receivingUnit": here.code,
            "receptionPoint": answer.reception_point.id,
            "procedureCode": procedure.code,
            "channel": command.channel,
            "receivedAt": _local(context, now),
            "dueAt": _local(context, committed),
            "statutoryDueAt": _local(context, statutory),
            "documents": [dict(document) for document in command.documents],
            "facts": dict(command.facts),
        },
    }
    if procedure.components:
        add_components(key, procedure.components, context)
    step = begin_process(context, key, definition, code, {**command.answers, **variables}, accepted)
    return {
        "key": key,
        "code": code,
        "process_id": definition.ref.process_id,
        "competent_agency": answer.competent_agency.id,
        "explanation": [dict(line) for line in answer.explanation],
        "finished": step.finished,
        "once_secret": new_secret(context, key),
    }


def _persons(command: ReceiveDossier, context: Context) -> tuple[Key, Key | None]:
    dossiers, tenant = context.uow.dossiers, context.actor.tenant_id
    applicant = dossiers.keep_person(command.applicant, tenant)
    waiting = dossiers.waiting_of(applicant, command.procedure_code, tenant)
    if waiting is not None and not command.separate:
        raise Conflict(
            f"This person's filing {waiting} waits in the inbox: accept that one, "
            "or say that this is a separate dossier.",
            code="waits-in-inbox",
        )
    agent = None if command.agent is None else dossiers.keep_person(command.agent, tenant)
    return applicant, agent


def _opened(
    command: ReceiveDossier,
    key: Key,
    here: Unit,
    answer: Accepted,
    applicant: Key,
    agent: Key | None,
) -> DossierOpened:
    return DossierOpened(
        key=key,
        procedure_code=command.procedure_code,
        channel=command.channel,
        receiving_unit=here.path,
        reception_point=answer.reception_point.id,
        agency=answer.competent_agency.id,
        status=ACCEPTED,
        stage=ACCEPTED,
        finance="none",
        sync="local",
        return_channel=command.return_channel,
        applicant_key=applicant,
        agent_key=agent,
        linked_key=command.linked_key,
        link_kind=command.link_kind,
        applicant=command.applicant.name,
        documents=tuple(str(document.get("id", "")) for document in command.documents),
    )


def _local(context: Context, at: datetime | None) -> str | None:
    if at is None:
        return None
    return at.astimezone(context.settings.zone).isoformat(timespec="seconds")
