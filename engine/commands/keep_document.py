"""How long a document stays: retention, holding back, scanning again, deletion.

Rejected: deleting a document that is held, or one a component of a dossier
rests on. Name and content go, hash and history stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands import guards
from engine.commands.context import Context, Result
from engine.domain.actors import SYSTEM
from engine.domain.documents import StoredBlob
from engine.domain.events import DocumentDeleted, DocumentRetained, DocumentScanned
from engine.domain.ids import Key
from engine.errors import Conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteDocument:
    """By a person."""

    key: Key
    reason: str | None = None
    revision: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireDocument:
    """By the clock: its time is over."""

    key: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class RetainDocument:
    """Until when it stays at least; ``held`` keeps it whatever the time."""

    key: Key
    held: bool
    retain_until: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanDocument:
    """What the scanner said when it looked again."""

    key: Key
    blob: StoredBlob


def delete_document(command: DeleteDocument, context: Context) -> Result:
    document = context.uow.documents.find(command.key, context.actor)
    context.uow.roots.lock(document.root_key)
    document = context.uow.documents.find(command.key, context.actor)
    guards.require_revision(document.revision, command.revision)
    if document.held:
        raise Conflict("The document is held back from deletion.", code="document-held")
    used = [
        each.id
        for each in context.uow.documents.components(document.root_key)
        if each.document_key == document.key
    ]
    if used:
        raise Conflict(
            f"The component {used[0]} rests on this document: settle it otherwise first.",
            code="document-in-use",
        )
    deleted = DocumentDeleted(
        key=document.key, by=context.actor.name, cause="request", reason=command.reason
    )
    context.uow.record(document.root_key, deleted)
    return {"key": document.key}


def expire_document(command: ExpireDocument, context: Context) -> Result:
    document = context.uow.documents.find(command.key, SYSTEM)
    context.uow.roots.lock(document.root_key)
    document = context.uow.documents.find(command.key, SYSTEM)
    over = document.retain_until is not None and document.retain_until <= context.uow.now
    if document.held or not over:
        return {"expired": False}
    deleted = DocumentDeleted(key=document.key, by=context.actor.name, cause="retention")
    context.uow.record(document.root_key, deleted)
    return {"expired": True}


def retain_document(command: RetainDocument, context: Context) -> Result:
    document = context.uow.documents.find(command.key, context.actor)
    context.uow.roots.lock(document.root_key)
    retained = DocumentRetained(
        key=document.key,
        held=command.held,
        retain_until=command.retain_until,
        reason=command.reason,
    )
    context.uow.record(document.root_key, retained)
    return {"key": document.key}


def scan_document(command: ScanDocument, context: Context) -> Result:
    document = context.uow.documents.find(command.key, context.actor)
    context.uow.roots.lock(document.root_key)
    context.uow.documents.keep_blob(command.blob)
    scanned = DocumentScanned(key=document.key, scan=command.blob.scan)
    context.uow.record(document.root_key, scanned)
    return {"key": document.key, "scan": command.blob.scan}
