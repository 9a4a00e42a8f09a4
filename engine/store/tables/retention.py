"""How long ended roots are kept, which were removed, and which were erased.

Neither a removed root nor an erased one has a key into ``root``: these rows outlive it.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, Table, Text

from engine.store.sqltypes import KEY, PATH
from engine.store.tables.metadata import instant, metadata, text

# ``subject`` is ``process:<id>`` or ``procedure:<code>``.
retention = Table(
    "retention",
    metadata,
    Column("tenant_id", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("days", Integer, nullable=False),
    text("changed_by"),
    instant("changed_at", nullable=False),
)

removed_root = Table(
    "removed_root",
    metadata,
    Column("root_key", KEY, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),
    Column("head", LargeBinary, nullable=False),
    instant("ended_at"),
    instant("removed_at", nullable=False),
    text("tenant_id"),
    Column("unit_id", PATH, nullable=False),
)

erasure = Table(
    "erasure",
    metadata,
    Column("root_key", KEY, primary_key=True, autoincrement=False),
    text("tenant_id"),
    text("by"),
    instant("at", nullable=False),
)
