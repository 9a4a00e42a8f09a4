"""Documents, uploads and components in SQL; who may see them is asked in the same statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, delete, insert, or_, select, true, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.domain.actors import Actor
from engine.domain.documents import Component, DocumentRecord, StoredBlob, UploadRecord
from engine.domain.ids import Key
from engine.domain.records import Visibility
from engine.errors import NotFound
from engine.store.mapping import visibility
from engine.store.sqltypes import fits
from engine.store.tables import blob, component, document, root, upload
from engine.store.transaction import Transaction
from engine.store.visibility import in_dossier, sees_root, visible_to

_OWN = tuple(each.name for each in fields(UploadRecord))


def sees_document(actor: Actor, rows: FromClause = document) -> ColumnElement[bool]:
    """Whose unit or work it belongs to, and who brought it in."""
    if actor.has("system"):
        return true()
    brought = and_(
        rows.c.tenant_id == actor.tenant_id,
        rows.c.unit_id == actor.unit_id,
        rows.c.created_by == actor.name,
        rows.c.instance_key.is_(None),
    )
    return or_(visible_to(actor, rows), in_dossier(actor, rows.c.instance_key), brought)


class SqlDocuments:
    """``engine.ports.documents.Documents`` in SQL."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def require_root(self, root_key: Key, actor: Actor) -> None:
        """The root is there and the actor sees it."""
        seen = select(root.c.key).where(
            root.c.key == root_key, root.c.kind == "process", sees_root(actor)
        )
        if not fits(root_key) or self._tx.read(seen).first() is None:
            raise NotFound("There is no such dossier.", code="dossier-unknown")

    def find(self, key: Key, actor: Actor) -> DocumentRecord:
        """A document the actor sees."""
        found = select(document).where(
            document.c.key == key, document.c.state != "DELETED", sees_document(actor)
        )
        row = self._tx.read(found).one_or_none() if fits(key) else None
        if row is None:
            raise NotFound("There is no such document.", code="document-unknown")
        return _document(row)

    def expired(self, now: datetime, limit: int) -> Sequence[Key]:
        """Documents whose time is over."""
        over = select(document.c.key).where(
            document.c.retain_until <= now,
            document.c.held.is_(False),
            document.c.state != "DELETED",
        )
        return list(self._tx.read(over.order_by(document.c.retain_until).limit(limit)).scalars())

    def add_upload(self, upload_: UploadRecord, actor: Actor, expires_at: datetime) -> None:
        """Begin an upload."""
        row = {name: getattr(upload_, name) for name in _OWN}
        own = {"tenant_id": actor.tenant_id, "unit_id": actor.unit_id, "expires_at": expires_at}
        self._tx.write(insert(upload), row | own)

    def lock_upload(self, key: Key, actor: Actor) -> UploadRecord:
        """The actor's own upload that is not over."""
        mine = select(upload).where(
            upload.c.key == key,
            upload.c.tenant_id == actor.tenant_id,
            upload.c.created_by == actor.name,
            upload.c.expires_at > self._tx.now,
        )
        row = self._tx.read(mine.with_for_update()).one_or_none() if fits(key) else None
        if row is None:
            raise NotFound("There is no such upload.", code="upload-unknown")
        return UploadRecord(**{name: getattr(row, name) for name in _OWN})

    def move_upload(self, key: Key, offset: int, expires_at: datetime) -> None:
        """So many bytes have arrived."""
        changed = update(upload).where(upload.c.key == key)
        self._tx.write(changed.values(offset=offset, expires_at=expires_at))

    def end_upload(self, key: Key) -> None:
        """The upload is over."""
        self._tx.write(delete(upload).where(upload.c.key == key))

    def keep_blob(self, blob_: StoredBlob) -> None:
        """Insert, or bring up to date what the scanner says."""
        row = {
            "sha256": blob_.sha256,
            "size": blob_.size,
            "media_type": blob_.media_type,
            "scan": blob_.scan,
            "finding": blob_.finding,
            "kept_at": self._tx.real_now,
        }
        make = sqlite.insert if self._tx.is_sqlite else postgresql.insert
        newer = {name: row[name] for name in ("scan", "finding", "kept_at")}
        added = make(blob).values(row).on_conflict_do_update(index_elements=["sha256"], set_=newer)
        self._tx.write(added)

    def used_blobs(self, hashes: Sequence[str]) -> frozenset[str]:
        """Contents that are still needed."""
        held = select(document.c.sha256).where(
            document.c.sha256.in_(hashes), document.c.state != "DELETED"
        )
        used = frozenset(self._tx.read(held).scalars())
        gone = [each for each in hashes if each not in used]
        if gone:
            self._tx.write(delete(blob).where(blob.c.sha256.in_(gone)))
        return used

    def component(self, root_key: Key, component_: str) -> Component | None:
        """One component."""
        one = select(component).where(
            component.c.root_key == root_key, component.c.id == component_
        )
        row = self._tx.read(one).one_or_none()
        return None if row is None else _component(row)

    def components(self, root_key: Key) -> Sequence[Component]:
        """All components in their order."""
        of_root = select(component).where(component.c.root_key == root_key)
        return [_component(row) for row in self._tx.read(of_root.order_by(component.c.number))]

    def visibility(self, actor: Actor) -> Visibility:
        """The actor's own unit."""
        return Visibility(tenant_id=actor.tenant_id, unit_id=actor.unit_id)


def _document(row: Any) -> DocumentRecord:
    return DocumentRecord(
        key=row.key,
        root_key=row.root_key,
        dossier_key=row.instance_key,
        name=row.name or "",
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        state=row.state,
        source=row.source,
        scan=row.scan,
        created_by=row.created_by,
        created_at=row.created_at,
        retain_until=row.retain_until,
        held=row.held,
        revision=row.revision,
        visibility=visibility(row._mapping),
        properties=row.properties,
    )


def _component(row: Any) -> Component:
    return Component(
        root_key=row.root_key,
        id=row.id,
        mandatory=row.mandatory,
        status=row.status,
        document_key=row.document_key,
        register_item=row.register_item,
        quality=row.quality,
        revision=row.revision,
    )
