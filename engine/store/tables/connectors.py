"""How the systems we ask are doing; whose they are and where stands in the law's rows."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, Text

from engine.store.tables.metadata import instant, metadata, text

connector_health = Table(
    "connector_health",
    metadata,
    Column("id", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    text("reason", nullable=True),
    instant("last_success"),
    instant("last_failure"),
)
