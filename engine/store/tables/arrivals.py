"""What came for start events that need several events, before there is an instance."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Table, Text

from engine.store.sqltypes import JsonText
from engine.store.tables.metadata import instant, key, metadata, text

start_arrival = Table(
    "start_arrival",
    metadata,
    key("definition_key", ForeignKey("process_definition.key"), primary_key=True),
    Column("element_id", Text, primary_key=True),
    Column("correlation_key", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    key("instance_key"),
    text("tenant_id"),
    text("process_id"),
    Column("variables", JsonText, nullable=False),
    instant("arrived_at", nullable=False),
    # Two may come in the same millisecond.
    key("number"),
)
