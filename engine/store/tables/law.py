"""Law as rows with dates, and the revision that tells processes to read them again."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Table, Text

from engine.store.sqltypes import JsonText
from engine.store.tables.metadata import instant, metadata, primary_key, text

law_row = Table(
    "law_row",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("effective_from", Text, primary_key=True),
    text("effective_to", nullable=True),
    Column("body", JsonText, nullable=False),
    text("source"),
    Column("verified", Boolean, nullable=False),
    text("decision", nullable=True),
    text("origin"),
    text("changed_by"),
    instant("changed_at", nullable=False),
)

law_revision = Table(
    "law_revision",
    metadata,
    primary_key("id"),
    Column("revision", BigInteger, nullable=False),
)
