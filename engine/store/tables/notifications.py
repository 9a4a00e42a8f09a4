"""Short messages on the pages of whom they concern; one row per person or group."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Table, UniqueConstraint

from engine.store.tables.metadata import instant, metadata, primary_key, text, visibility

notification = Table(
    "notification",
    metadata,
    primary_key(),
    Column("root_key", BigInteger, nullable=False),
    Column("job_key", BigInteger, nullable=False),
    text("recipient"),
    text("kind"),
    text("subject"),
    text("text"),
    instant("created_at", nullable=False),
    instant("read_at"),
    text("read_by", nullable=True),
    *visibility(),
    UniqueConstraint("job_key", "kind", "recipient"),
)
Index("ix_notification_recipient", notification.c.kind, notification.c.recipient)
