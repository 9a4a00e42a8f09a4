"""The row one writer holds: snapshot of the tokens, head of the event chain, visibility.

``kind`` is ``process`` for a root instance, ``unit-day`` for the events of one
unit and day that belong to no instance (``name`` tells which).
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, LargeBinary, Table, and_

from engine.store.tables.metadata import instant, key, metadata, primary_key, text, visibility

root = Table(
    "root",
    metadata,
    primary_key(),
    text("kind"),
    text("name", nullable=True),
    key("definition_key", nullable=True),
    Column("seq", BigInteger, nullable=False),
    Column("head", LargeBinary, nullable=False),
    Column("salt", LargeBinary),
    Column("snapshot", LargeBinary),
    Column("revision", BigInteger, nullable=False),
    Column("published_seq", BigInteger, nullable=False),
    Column("sealed_seq", BigInteger, nullable=False),
    instant("created_at", nullable=False),
    instant("suspended_at"),
    instant("ended_at"),
    instant("removal_at"),
    instant("held_at"),
    *visibility(),
)
Index("uq_root_name", root.c.name, unique=True)
Index(
    "ix_root_suspended",
    root.c.key,
    postgresql_where=root.c.suspended_at.is_not(None),
    sqlite_where=root.c.suspended_at.is_not(None),
)
Index(
    "ix_root_removal_at",
    root.c.removal_at,
    postgresql_where=root.c.removal_at.is_not(None),
    sqlite_where=root.c.removal_at.is_not(None),
)
_UNSCHEDULED = and_(root.c.ended_at.is_not(None), root.c.removal_at.is_(None))
Index(
    "ix_root_unscheduled",
    root.c.ended_at,
    postgresql_where=_UNSCHEDULED,
    sqlite_where=_UNSCHEDULED,
)
Index(
    "ix_root_unpublished",
    root.c.key,
    postgresql_where=root.c.published_seq < root.c.seq,
    sqlite_where=root.c.published_seq < root.c.seq,
)
Index(
    "ix_root_unsealed",
    root.c.key,
    postgresql_where=root.c.sealed_seq < root.c.seq,
    sqlite_where=root.c.sealed_seq < root.c.seq,
)
