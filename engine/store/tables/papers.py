"""Papers printed, numbers issued, and the counters behind the numbers."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, Table, Text

from engine.store.sqltypes import JsonText
from engine.store.tables.metadata import instant, key, metadata, primary_key, text, visibility

# Digests of fields under a salt of the row: what changed shows, what stood there does not.
paper_printing = Table(
    "paper_printing",
    metadata,
    primary_key(),
    key("root_key"),
    text("form"),
    Column("number", Integer, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("digests", JsonText, nullable=False),
    text("printed_by"),
    instant("at", nullable=False),
)
Index("ix_paper_printing_root_key", paper_printing.c.root_key, paper_printing.c.form)

issued_number = Table(
    "issued_number",
    metadata,
    primary_key(),
    key("root_key"),
    text("register"),
    text("series"),
    Column("number", BigInteger, nullable=False),
    text("text"),
    text("code", nullable=True),
    text("issued_by"),
    instant("at", nullable=False),
    *visibility(),
)
Index(
    "uq_issued_number_series",
    issued_number.c.tenant_id,
    issued_number.c.series,
    issued_number.c.number,
    unique=True,
)
Index("ix_issued_number_root_key", issued_number.c.root_key)

number_series = Table(
    "number_series",
    metadata,
    Column("tenant_id", Text, primary_key=True),
    Column("series", Text, primary_key=True),
    Column("last", BigInteger, nullable=False),
)
