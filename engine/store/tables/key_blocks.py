"""Counters the processes take their blocks of keys from; one row per installation."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Table

from engine.store.tables.metadata import metadata, primary_key

key_block = Table(
    "key_block",
    metadata,
    primary_key("installation"),
    Column("next_counter", BigInteger, nullable=False),
)
