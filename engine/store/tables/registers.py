"""Papers that registers have, and electronic copies that were issued.

``holder``, ``number`` and ``manifest`` are personal: they stand in these rows only.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

from engine.store.tables.metadata import instant, key, metadata, primary_key, text, visibility

register_item = Table(
    "register_item",
    metadata,
    primary_key(),
    key("root_key"),
    text("register"),
    text("kind"),
    text("number"),
    text("holder"),
    text("issuer"),
    text("issued_on"),
    text("valid_until", nullable=True),
    key("document_key", nullable=True),
    text("state"),
    text("reason", nullable=True),
    text("created_by"),
    instant("created_at", nullable=False),
    Column("revision", Integer, nullable=False),
    *visibility(),
)
Index("ix_register_item_root_key", register_item.c.root_key)
Index("ix_register_item_holder", register_item.c.tenant_id, register_item.c.holder)

electronic_copy = Table(
    "electronic_copy",
    metadata,
    primary_key(),
    key("root_key"),
    key("document_key"),
    text("sha256"),
    text("number", nullable=True),
    text("key_id"),
    text("manifest"),
    text("signature"),
    text("state"),
    key("superseded_by", nullable=True),
    text("reason", nullable=True),
    text("issued_by"),
    instant("issued_at", nullable=False),
    Column("revision", Integer, nullable=False),
    *visibility(),
)
Index("ix_electronic_copy_root_key", electronic_copy.c.root_key)
Index("ix_electronic_copy_document_key", electronic_copy.c.document_key)
