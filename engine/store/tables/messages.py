"""Published messages that wait for a receiver, and which processes took them."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table, Text

from engine.store.sqltypes import JsonText
from engine.store.tables.metadata import instant, key, metadata, primary_key, text, visibility

message = Table(
    "message",
    metadata,
    primary_key(),
    text("name"),
    text("correlation_key"),
    text("message_id", nullable=True),
    Column("variables", JsonText, nullable=False),
    instant("published_at", nullable=False),
    instant("expires_at", nullable=False),
    *visibility(),
)
Index("ix_message_name_correlation_key", message.c.name, message.c.correlation_key)
Index("ix_message_expires_at", message.c.expires_at)
Index(
    "uq_message_message_id",
    message.c.tenant_id,
    message.c.name,
    message.c.correlation_key,
    message.c.message_id,
    unique=True,
    postgresql_where=message.c.message_id.is_not(None),
    sqlite_where=message.c.message_id.is_not(None),
)

message_taken = Table(
    "message_taken",
    metadata,
    key("message_key", ForeignKey("message.key", ondelete="CASCADE"), primary_key=True),
    Column("process_id", Text, primary_key=True),
)
