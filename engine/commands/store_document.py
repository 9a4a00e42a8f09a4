"""Make a document of a content: for a dossier, for one of its components, or on its own.

Rejected: a dossier the actor does not see, a component its procedure does not
have. A document of no dossier is kept for thirty days and has a chain of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from engine.commands.context import Context, Result
from engine.domain.documents import SOURCES, StoredBlob, clean_name
from engine.domain.events import ComponentSettled, DocumentStored
from engine.domain.events.event import Event
from engine.domain.ids import Key
from engine.errors import InvalidInput, NotFound

LOOSE = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreDocument:
    """The content was kept before this command; ``properties`` are the caller's own."""

    blob: StoredBlob
    name: str
    dossier_key: Key | None = None
    component: str | None = None
    source: str = "upload"
    retain_until: datetime | None = None
    properties: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachDocument:
    """Take a document over into a dossier: the same content, a document of the dossier's own."""

    key: Key
    dossier_key: Key
    component: str | None = None


def store_document(command: StoreDocument, context: Context) -> Result:
    return store(command, context)


def attach_document(command: AttachDocument, context: Context) -> Result:
    before = context.uow.documents.find(command.key, context.actor)
    blob = StoredBlob(
        sha256=before.sha256,
        size=before.size,
        media_type=before.media_type,
        scan=before.scan,
    )
    wanted = StoreDocument(
        blob=blob,
        name=before.name,
        dossier_key=command.dossier_key,
        component=command.component,
        source="reused" if before.dossier_key is not None else before.source,
        properties=before.properties,
    )
    return store(wanted, context, from_document=before.key)


def store(wanted: StoreDocument, context: Context, from_document: Key | None = None) -> Result:
    """Record the document on its dossier's chain, or on one of its own."""
    name = clean_name(wanted.name)
    if wanted.source not in SOURCES:
        raise InvalidInput(f"The source is one of {', '.join(SOURCES)}.", code="source")
    key = context.uow.next_key()
    root_key = _root(wanted, key, context)
    retain_until = wanted.retain_until
    if wanted.dossier_key is None and retain_until is None:
        retain_until = context.uow.now + LOOSE

    if from_document is None:
        context.uow.documents.keep_blob(wanted.blob)
    stored = DocumentStored(
        key=key,
        sha256=wanted.blob.sha256,
        size=wanted.blob.size,
        media_type=wanted.blob.media_type,
        scan=wanted.blob.scan,
        source=wanted.source,
        by=context.actor.name,
        dossier_key=wanted.dossier_key,
        from_document=from_document,
        retain_until=retain_until,
        name=name,
        properties=dict(wanted.properties),
    )
    context.uow.record(root_key, stored, *_settled(wanted, key, context))
    return {
        "key": key,
        "name": name,
        "sha256": wanted.blob.sha256,
        "size": wanted.blob.size,
        "media_type": wanted.blob.media_type,
        "scan": wanted.blob.scan,
        "dossier_key": wanted.dossier_key,
        "retain_until": None if retain_until is None else retain_until.isoformat(),
    }


def _root(wanted: StoreDocument, key: Key, context: Context) -> Key:
    if wanted.dossier_key is None:
        if wanted.component is not None:
            raise InvalidInput("A component belongs to a dossier.", code="component-unknown")
        context.uow.roots.create(key, context.uow.documents.visibility(context.actor))
        return key
    context.uow.documents.require_root(wanted.dossier_key, context.actor)
    return context.uow.roots.lock(wanted.dossier_key).key


def _settled(wanted: StoreDocument, key: Key, context: Context) -> list[Event]:
    if wanted.component is None or wanted.dossier_key is None:
        return []
    known = context.uow.documents.component(wanted.dossier_key, wanted.component)
    if known is None:
        raise NotFound("The dossier has no such component.", code="component-unknown")
    return [
        ComponentSettled(
            component=known.id,
            status="reused" if wanted.source == "reused" else "provided",
            by=context.actor.name,
            document_key=key,
        )
    ]
