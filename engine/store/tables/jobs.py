"""Work for somebody outside the transaction: a model's jobs and, kind INTERNAL, our own."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table

from engine.store.sqltypes import JsonText
from engine.store.tables.metadata import instant, key, metadata, primary_key, text, visibility

job = Table(
    "job",
    metadata,
    primary_key(),
    key("root_key", nullable=True),
    key("instance_key", nullable=True),
    key("element_key", nullable=True),
    key("definition_key", nullable=True),
    text("process_id", nullable=True),
    text("element_id", nullable=True),
    text("type"),
    text("kind"),
    text("listener_event"),
    text("state"),
    Column("open", Boolean, nullable=False),
    Column("retries", Integer, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("headers", JsonText, nullable=False),
    Column("payload", JsonText),
    text("worker", nullable=True),
    instant("lease_until"),
    instant("retry_at"),
    Column("fence", BigInteger, nullable=False),
    # Leases that ended without any word from their worker, since the last one that gave one.
    Column("lost", Integer, nullable=False, server_default="0"),
    text("error_code", nullable=True),
    text("error_message", nullable=True),
    instant("created_at", nullable=False),
    instant("ended_at"),
    *visibility(),
)
Index("ix_job_root_key", job.c.root_key)
Index("ix_job_element_key", job.c.element_key)
Index("ix_job_instance_key", job.c.instance_key)
Index(
    "ix_job_open",
    job.c.type,
    job.c.priority.desc(),
    job.c.created_at,
    job.c.key,
    postgresql_where=job.c.open,
    sqlite_where=job.c.open,
)
