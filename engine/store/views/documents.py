"""Documents, components of dossiers, and who read which document."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_

from engine.domain.actors import Actor
from engine.store.documents import sees_document
from engine.store.tables import blob, component, document, document_access, upload
from engine.store.views.grammar import NounView
from engine.store.visibility import in_dossier, visible_to

DOCUMENTS = NounView(
    source=document.outerjoin(blob, blob.c.sha256 == document.c.sha256),
    fields={
        **{column.name: column for column in document.c},
        "finding": blob.c.finding,
    },
    key=document.c.key,
    visible=sees_document,
    always=(document.c.state != "DELETED",),
)

COMPONENTS = NounView(
    source=component.outerjoin(document, document.c.key == component.c.document_key),
    fields={
        **{column.name: column for column in component.c},
        "document_name": document.c.name,
        "document_state": document.c.state,
    },
    key=component.c.root_key,
    visible=lambda actor: or_(
        visible_to(actor, component), in_dossier(actor, component.c.instance_key)
    ),
    sort=("root_key", "number"),
)


UPLOADS = NounView(
    source=upload,
    fields={column.name: column for column in upload.c},
    key=upload.c.key,
    visible=lambda actor: and_(
        upload.c.tenant_id == actor.tenant_id, upload.c.created_by == actor.name
    ),
)


def _sees_access(actor: Actor) -> ColumnElement[bool]:
    """Who oversees the document's unit, and everybody their own look-ups."""
    own = and_(
        document_access.c.tenant_id == actor.tenant_id,
        document_access.c.unit_id == actor.unit_id,
        document_access.c.by == actor.name,
    )
    return or_(sees_document(actor), own)


ACCESSES = NounView(
    source=document_access.join(document, document.c.key == document_access.c.document_key),
    fields={column.name: column for column in document_access.c},
    key=document_access.c.key,
    visible=_sees_access,
)
