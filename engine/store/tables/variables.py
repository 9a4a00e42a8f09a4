"""Variables: one row per scope and name, the value as JSON text (design 14.6)."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text

from engine.store.sqltypes import KEY
from engine.store.tables.metadata import instant, key, metadata, text, visibility

variable = Table(
    "variable",
    metadata,
    key("scope_key", primary_key=True, autoincrement=False),
    Column("name", Text, primary_key=True),
    Column("key", KEY, nullable=False),
    key("root_key"),
    key("instance_key"),
    text("value"),
    Column("live", Boolean, nullable=False),
    Column("revision", Integer, nullable=False),
    instant("updated_at", nullable=False),
    *visibility(),
)
Index("uq_variable_key", variable.c.key, unique=True)
Index(
    "ix_variable_live",
    variable.c.root_key,
    postgresql_where=variable.c.live,
    sqlite_where=variable.c.live,
)
Index("ix_variable_root_key", variable.c.root_key)
Index("ix_variable_instance_key_name", variable.c.instance_key, variable.c.name)
