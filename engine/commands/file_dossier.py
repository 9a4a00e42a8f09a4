"""Take in a filing from the portal: status 1, no code yet, submitted apart from accepted.

Repeated calls with one portal code answer the same dossier; a later submission
replaces what was sent as long as nobody accepted it; an older one that comes
late changes nothing. Refused like a reception: excluded, foreign, unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from engine.commands.competence import competent, reception_unit
from engine.commands.context import Context, Result
from engine.domain.dossier import DossierRecord, PersonRecord, Procedure
from engine.domain.dossier.portal import REGISTERED
from engine.domain.events import DossierOpened, FilingReplaced
from engine.domain.ids import Key
from engine.domain.records import Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDossier:
    """``submitted_at`` is the portal's time; None = now."""

    portal_code: str
    procedure_code: str
    reception_point: str
    applicant: PersonRecord
    agent: PersonRecord | None = None
    submitted_at: datetime | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    documents: Sequence[Mapping[str, object]] = ()
    answers: Mapping[str, object] = field(default_factory=dict)
    return_channel: str = "digital"


def file_dossier(command: FileDossier, context: Context) -> Result:
    dossiers = context.uow.dossiers
    dossiers.hold_portal_code(command.portal_code)
    known = dossiers.find_portal_code(command.portal_code, context.actor.tenant_id)
    if known is not None:
        return _again(command, context, known)
    now = context.uow.now
    today = now.astimezone(context.settings.zone).date()
    here = reception_unit(context, command.reception_point)
    _, facts = dossiers.procedure(
        command.procedure_code, today.isoformat(), context.actor.tenant_id
    )
    procedure = Procedure(facts)
    answer, home = competent(context, procedure, command.reception_point, command.facts, today)

    key = context.uow.next_key()
    applicant = dossiers.keep_person(command.applicant, context.actor.tenant_id)
    agent = None
    if command.agent is not None:
        agent = dossiers.keep_person(command.agent, context.actor.tenant_id)
    seen_by = Visibility(
        tenant_id=context.actor.tenant_id,
        unit_id=home.path,
        procedure_code=procedure.code,
        sealed=procedure.exclusion is not None,
    )
    context.uow.roots.create(key, seen_by)
    submitted = command.submitted_at or now
    opened = DossierOpened(
        key=key,
        procedure_code=procedure.code,
        channel="online",
        receiving_unit=here.path,
        reception_point=answer.reception_point.id,
        agency=answer.competent_agency.id,
        status=REGISTERED,
        stage=REGISTERED,
        finance="none",
        sync="local",
        return_channel=command.return_channel,
        applicant_key=applicant,
        agent_key=agent,
        portal_code=command.portal_code,
        submitted_at=submitted,
        applicant=command.applicant.name,
        documents=tuple(str(document.get("id", "")) for document in command.documents),
    )
    context.uow.record(key, opened)
    dossiers.keep_filing(key, _body(command), submitted)
    return {"key": key, "portal_code": command.portal_code, "status": REGISTERED, "known": False}


def _again(command: FileDossier, context: Context, key: Key) -> Result:
    context.uow.roots.lock(key)
    dossier = context.uow.dossiers.read(key)
    if _is_newer(command, context, dossier):
        submitted = command.submitted_at
        assert submitted is not None  # noqa: S101 - what is newer has a time
        context.uow.dossiers.keep_filing(key, _body(command), submitted)
        context.uow.dossiers.keep_person(command.applicant, context.actor.tenant_id)
        context.uow.record(key, FilingReplaced(key=key, submitted_at=submitted))
    return {
        "key": key,
        "portal_code": command.portal_code,
        "status": dossier.status,
        "known": True,
        "code": dossier.code,
    }


def _is_newer(command: FileDossier, context: Context, dossier: DossierRecord) -> bool:
    kept = context.uow.dossiers.filing(dossier.key)
    return (
        dossier.code is None
        and dossier.closed_at is None
        and kept is not None
        and command.submitted_at is not None
        and command.submitted_at > kept[1]
    )


def _body(command: FileDossier) -> dict[str, object]:
    return {
        "facts": dict(command.facts),
        "documents": [dict(document) for document in command.documents],
        "answers": dict(command.answers),
    }
