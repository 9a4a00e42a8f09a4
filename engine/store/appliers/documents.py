"""Documents, components and the log of who read what."""

from __future__ import annotations

from typing import Any

from engine.domain.events import (
    ComponentChecked,
    ComponentRequired,
    ComponentSettled,
    DocumentDeleted,
    DocumentRead,
    DocumentRetained,
    DocumentScanned,
    DocumentStored,
)
from engine.store.appliers.registry import Projection, applies
from engine.store.tables import component, document, document_access


@applies(DocumentStored)
def _stored(event: DocumentStored, to: Projection) -> None:
    to.rows.insert(
        document,
        key=event.key,
        root_key=to.root_key,
        instance_key=event.dossier_key,
        name=event.name,
        media_type=event.media_type,
        size=event.size,
        sha256=event.sha256,
        state="QUARANTINED" if event.scan in ("infected", "pending") else "STORED",
        scan=event.scan,
        source=event.source,
        from_document=event.from_document,
        properties=event.properties,
        created_by=event.by,
        created_at=to.at,
        retain_until=event.retain_until,
        held=False,
        reason=None,
        updated_at=to.at,
        revision=1,
        **to.seen_by(),
    )


def _change(to: Projection, key: int, **changes: Any) -> None:
    to.rows.update(document, key, **changes, updated_at=to.at)


@applies(DocumentScanned)
def _scanned(event: DocumentScanned, to: Projection) -> None:
    state = "QUARANTINED" if event.scan in ("infected", "pending") else "STORED"
    _change(to, event.key, scan=event.scan, state=state)


@applies(DocumentRetained)
def _retained(event: DocumentRetained, to: Projection) -> None:
    _change(to, event.key, held=event.held, retain_until=event.retain_until, reason=event.reason)


@applies(DocumentDeleted)
def _deleted(event: DocumentDeleted, to: Projection) -> None:
    _change(to, event.key, state="DELETED", name=None, properties={}, reason=event.reason)


@applies(DocumentRead)
def _read(event: DocumentRead, to: Projection) -> None:
    to.rows.insert(
        document_access,
        key=event.key,
        root_key=to.root_key,
        document_key=event.document_key,
        action=event.action,
        by=event.by,
        purpose=event.purpose,
        at=to.at,
        **to.seen_by(),
    )


@applies(ComponentRequired)
def _required(event: ComponentRequired, to: Projection) -> None:
    to.rows.insert(
        component,
        root_key=to.root_key,
        id=event.component,
        instance_key=to.root_key,
        number=event.number,
        mandatory=event.mandatory,
        title=event.title,
        status="required" if event.mandatory else "optional",
        document_key=None,
        register_item=None,
        reason=None,
        quality=None,
        checks=None,
        note=None,
        settled_by=None,
        checked_by=None,
        updated_at=to.at,
        revision=1,
        **to.seen_by(),
    )


def _component(to: Projection, name: str, **changes: Any) -> None:
    to.rows.update(component, to.root_key, name, **changes, updated_at=to.at)


@applies(ComponentSettled)
def _settled(event: ComponentSettled, to: Projection) -> None:
    # Another paper has not been looked at yet.
    _component(
        to,
        event.component,
        status=event.status,
        document_key=event.document_key,
        register_item=event.register_item,
        reason=event.reason,
        settled_by=event.by,
        quality=None,
        checks=None,
        note=None,
        checked_by=None,
    )


@applies(ComponentChecked)
def _checked(event: ComponentChecked, to: Projection) -> None:
    _component(
        to,
        event.component,
        quality=event.quality,
        checks=event.checks,
        note=event.note,
        checked_by=event.by,
    )
