"""Connectors: whom we ask and how they are doing; may one be called now; how a call went."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import Context, Result
from engine.domain.connectors import Health, maintained_until
from engine.domain.law import LawRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ListConnectors:
    """All connectors in force, with owner, legal basis, health and maintenance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenConnector:
    """Where a connector is, and until when it must not be called."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteConnectorCall:
    """``failure`` is a stable word, None when the other side answered."""

    id: str
    failure: str | None = None


def list_connectors(_command: ListConnectors, context: Context) -> Result:
    health = context.uow.connectors.health()
    day = context.uow.now.astimezone(context.settings.zone).date()
    rows = sorted(context.law.on("connector", day), key=lambda row: row.id)
    return {"connectors": [_shown(row, health.get(row.id), context) for row in rows]}


def open_connector(command: OpenConnector, context: Context) -> Result:
    day = context.uow.now.astimezone(context.settings.zone).date()
    row = context.law.get("connector", command.id, day)
    real_now = context.uow.real_now
    maintained = maintained_until(row, real_now, context.settings.zone)
    known = context.uow.connectors.health().get(command.id)
    spared = known.closed_until(real_now) if known else None
    until = [each for each in (maintained, spared) if each is not None]
    return {"url": row.text("url"), "closed_until": max(until, default=None)}


def note_connector_call(command: NoteConnectorCall, context: Context) -> Result:
    if command.failure is None:
        context.uow.connectors.succeeded(command.id, context.uow.real_now)
    else:
        context.uow.connectors.failed(command.id, context.uow.real_now, command.failure)
    return {"id": command.id}


def _shown(row: LawRow, known: Health | None, context: Context) -> dict[str, object]:
    health = known or Health(id=row.id)
    until = maintained_until(row, context.uow.real_now, context.settings.zone)
    return {
        "id": row.id,
        "name": dict(row.words("name")),
        "owner": row.text("owner"),
        "legal_basis": row.text("legal_basis"),
        "source": row.source,
        "verified": row.verified,
        "state": "maintenance" if until else health.state,
        "maintenance_until": until,
        "failures": health.failures,
        "reason": health.reason,
        "last_success": health.last_success,
        "last_failure": health.last_failure,
    }
