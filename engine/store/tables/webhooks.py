"""Webhook subscriptions and what is on its way to them.

A delivery with ``next_at`` is the first of its lane (subscription and root) and
due then; the ones behind it have none and wait. Instants here are real time.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, UniqueConstraint

from engine.store.sqltypes import JsonText
from engine.store.tables.metadata import instant, key, metadata, primary_key, text, visibility

webhook = Table(
    "webhook",
    metadata,
    primary_key(),
    text("label"),
    text("url"),
    Column("types", JsonText, nullable=False),
    Column("procedures", JsonText, nullable=False),
    Column("units", JsonText, nullable=False),
    Column("processes", JsonText, nullable=False),
    Column("secrets", JsonText, nullable=False),
    text("state"),
    text("reason", nullable=True),
    instant("failing_since"),
    Column("replay_after", BigInteger),
    Column("replay_until", BigInteger),
    text("created_by"),
    instant("created_at", nullable=False),
    *visibility(),
)

webhook_delivery = Table(
    "webhook_delivery",
    metadata,
    primary_key(),
    key("webhook_key", ForeignKey("webhook.key", ondelete="CASCADE")),
    key("root_key"),
    Column("seq", BigInteger, nullable=False),
    text("type"),
    text("state"),
    Column("attempts", Integer, nullable=False),
    instant("next_at"),
    instant("lease_until"),
    Column("fence", BigInteger, nullable=False),
    Column("status", Integer),
    text("failure", nullable=True),
    instant("created_at", nullable=False),
    instant("ended_at"),
    UniqueConstraint("webhook_key", "root_key", "seq"),
)
Index(
    "ix_webhook_delivery_next_at",
    webhook_delivery.c.next_at,
    postgresql_where=webhook_delivery.c.next_at.is_not(None),
    sqlite_where=webhook_delivery.c.next_at.is_not(None),
)
Index(
    "ix_webhook_delivery_pending",
    webhook_delivery.c.root_key,
    webhook_delivery.c.seq,
    postgresql_where=webhook_delivery.c.state == "PENDING",
    sqlite_where=webhook_delivery.c.state == "PENDING",
)
Index("ix_webhook_delivery_state_ended_at", webhook_delivery.c.state, webhook_delivery.c.ended_at)
