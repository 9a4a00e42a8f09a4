"""Internal: steps of dossiers on their way to the portal. Queue, take, finish.

The call itself happens between ``take`` and ``finish``, with no transaction
open; a step is told at least once and never before the one before it.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import Context, Result
from engine.domain.dossier import DossierRecord, PersonRecord, Procedure
from engine.domain.events import DossierSynced
from engine.domain.ids import Key
from engine.domain.portal import PortalMessage, dossier_body, progress_body
from engine.domain.portal.message import STEP, WHOLE


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePortalMessages:
    """Look at up to ``limit`` published events."""

    limit: int = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePortalMessages:
    """Lease up to ``limit`` messages and build what is to be sent."""

    limit: int = 20
    lease_seconds: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishPortalMessage:
    """``reason`` None = taken by the portal."""

    position: int
    dossier_key: Key
    reason: str | None = None


def queue_portal_messages(command: QueuePortalMessages, context: Context) -> Result:
    return {"looked_at": context.uow.portal.enqueue(command.limit)}


def take_portal_messages(command: TakePortalMessages, context: Context) -> Result:
    messages = context.uow.portal.take(command.limit, command.lease_seconds)
    return {"messages": [_letter(message, context) for message in messages]}


def finish_portal_message(command: FinishPortalMessage, context: Context) -> Result:
    root = context.uow.roots.lock(command.dossier_key)
    queue, dossier = context.uow.portal, context.uow.dossiers.read(command.dossier_key)
    if command.reason is None:
        queue.done(command.position)
    else:
        queue.failed(command.position, command.reason[:200])
    sync = "pending" if queue.left(dossier.key) else "sent"
    if sync != dossier.axes.sync:
        context.uow.record(root.key, DossierSynced(key=dossier.key, sync=sync))
    return {"sync": sync}


def _letter(message: PortalMessage, context: Context) -> dict[str, object]:
    dossier = context.uow.dossiers.read(message.dossier_key)
    zone = context.settings.zone
    body = (
        dossier_body(dossier, _applicant(dossier, context), _procedure(dossier, context),
                     message, zone)
        if message.first
        else progress_body(dossier, message, dossier.agency, zone)
    )  # fmt: skip
    return {
        "position": message.position,
        "dossier_key": message.dossier_key,
        "service": WHOLE if message.first else STEP,
        "body": body,
    }


def _applicant(dossier: DossierRecord, context: Context) -> PersonRecord | None:
    key = dossier.applicant_key
    return None if key is None else context.uow.dossiers.person(key)


def _procedure(dossier: DossierRecord, context: Context) -> dict[str, str]:
    facts = (
        {}
        if dossier.definition_key is None
        else context.uow.dossiers.procedure_of(dossier.definition_key)
    )
    return {
        "name": Procedure(facts).name.get("vi", dossier.procedure_code),
        "field": str(facts.get("field", {}).get("code", "")),
    }
