"""Commands already done under an idempotency key, kept for 48 hours (design 14.11)."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text

from engine.store.sqltypes import JsonText
from engine.store.tables.metadata import instant, metadata, text

idempotency = Table(
    "idempotency",
    metadata,
    Column("actor", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    text("body_hash"),
    Column("result", JsonText),
    instant("created_at", nullable=False),
)
Index("ix_idempotency_created_at", idempotency.c.created_at)
