"""Append-only history, audit and outbox in one, and the seals over it (design 14.3)."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, LargeBinary, Table, Text

from engine.store.sqltypes import KEY, PATH
from engine.store.tables.metadata import instant, key, metadata, primary_key, text

event = Table(
    "event",
    metadata,
    key("root_key", ForeignKey("root.key"), primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    text("type"),
    text("actor"),
    instant("at", nullable=False),
    Column("unit", PATH, nullable=False),
    Column("payload", Text, nullable=False),
    Column("prev", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)
Index("ix_event_at", event.c.at)

seal = Table(
    "seal",
    metadata,
    primary_key("number"),
    instant("at", nullable=False),
    Column("merkle_root", LargeBinary, nullable=False),
    Column("prev", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)

seal_leaf = Table(
    "seal_leaf",
    metadata,
    key("seal_number", primary_key=True),
    # No foreign key: a leaf must survive its root, that is its purpose.
    Column("root_key", KEY, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),
    Column("head", LargeBinary, nullable=False),
)
Index("ix_seal_leaf_root_key_seq", seal_leaf.c.root_key, seal_leaf.c.seq)
