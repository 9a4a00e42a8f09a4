"""Contents, uploads, documents, components of dossiers, what registers have, who read what.

Names of files, reasons and holders are personal: they stand in these rows only.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text

from engine.store.sqltypes import PATH, JsonText
from engine.store.tables.metadata import instant, key, metadata, primary_key, text, visibility

# No history: a content is the same for everybody who may see a document of it.
blob = Table(
    "blob",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    text("media_type"),
    text("scan"),
    text("finding", nullable=True),
    instant("kept_at", nullable=False),
)

upload = Table(
    "upload",
    metadata,
    primary_key(),
    text("tenant_id"),
    Column("unit_id", PATH, nullable=False),
    text("created_by"),
    text("name"),
    Column("size", BigInteger, nullable=False),
    Column("offset", BigInteger, nullable=False),
    text("media_type"),
    text("sha256", nullable=True),
    key("dossier_key", nullable=True),
    text("component", nullable=True),
    text("source"),
    instant("expires_at", nullable=False),
)
Index("ix_upload_expires_at", upload.c.expires_at)

document = Table(
    "document",
    metadata,
    primary_key(),
    key("root_key"),
    # The dossier or instance it belongs to; who works there sees it.
    key("instance_key", nullable=True),
    text("name", nullable=True),
    text("media_type"),
    Column("size", BigInteger, nullable=False),
    text("sha256"),
    text("state"),
    text("scan"),
    text("source"),
    key("from_document", nullable=True),
    Column("properties", JsonText, nullable=False),
    text("created_by"),
    instant("created_at", nullable=False),
    instant("retain_until"),
    Column("held", Boolean, nullable=False),
    text("reason", nullable=True),
    instant("updated_at", nullable=False),
    Column("revision", Integer, nullable=False),
    *visibility(),
)
Index("ix_document_root_key", document.c.root_key)
Index("ix_document_instance_key", document.c.instance_key)
Index("ix_document_sha256", document.c.sha256)
Index("ix_document_created_by", document.c.created_by)
Index(
    "ix_document_retain_until",
    document.c.retain_until,
    postgresql_where=document.c.retain_until.is_not(None),
    sqlite_where=document.c.retain_until.is_not(None),
)

component = Table(
    "component",
    metadata,
    key("root_key", primary_key=True, autoincrement=False),
    Column("id", Text, primary_key=True),
    key("instance_key"),
    Column("number", Integer, nullable=False),
    Column("mandatory", Boolean, nullable=False),
    Column("title", JsonText, nullable=False),
    text("status"),
    key("document_key", nullable=True),
    key("register_item", nullable=True),
    text("reason", nullable=True),
    Column("quality", Boolean),
    Column("checks", JsonText),
    text("note", nullable=True),
    text("settled_by", nullable=True),
    text("checked_by", nullable=True),
    instant("updated_at", nullable=False),
    Column("revision", Integer, nullable=False),
    *visibility(),
)
Index("ix_component_instance_key", component.c.instance_key)

document_access = Table(
    "document_access",
    metadata,
    primary_key(),
    # The chain of the reader's unit and day.
    key("root_key"),
    key("document_key"),
    text("action"),
    text("by"),
    text("purpose", nullable=True),
    instant("at", nullable=False),
    *visibility(),
)
Index("ix_document_access_root_key", document_access.c.root_key)
Index("ix_document_access_document_key", document_access.c.document_key)
