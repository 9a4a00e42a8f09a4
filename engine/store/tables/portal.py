"""What is on its way to the portal, and what comparisons found."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, Table

from engine.store.sqltypes import JsonText
from engine.store.tables.metadata import instant, key, metadata, primary_key, text

portal_message = Table(
    "portal_message",
    metadata,
    primary_key("position"),
    key("dossier_key"),
    Column("status", Integer, nullable=False),
    instant("at", nullable=False),
    instant("sent_at"),
    Column("attempts", Integer, nullable=False),
    instant("next_at"),
    text("reason", nullable=True),
)
Index(
    "ix_portal_message_unsent",
    portal_message.c.dossier_key,
    portal_message.c.position,
    postgresql_where=portal_message.c.sent_at.is_(None),
    sqlite_where=portal_message.c.sent_at.is_(None),
)

portal_cursor = Table(
    "portal_cursor",
    metadata,
    primary_key("id"),
    Column("position", BigInteger, nullable=False),
)

reconciliation = Table(
    "reconciliation",
    metadata,
    primary_key(),
    text("tenant_id"),
    instant("at", nullable=False),
    Column("checked", Integer, nullable=False),
    Column("differences", JsonText, nullable=False),
)
