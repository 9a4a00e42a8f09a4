"""The order in which events were published; written by the relay, read by cursors.

Positions rise with the commits: ``feed_head`` is held until the transaction that
took them ends, so nothing can appear behind a position somebody has read.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Table, UniqueConstraint

from engine.store.tables.metadata import key, metadata, primary_key

feed = Table(
    "feed",
    metadata,
    primary_key("position"),
    key("root_key"),
    Column("seq", BigInteger, nullable=False),
    UniqueConstraint("root_key", "seq"),
)

feed_head = Table(
    "feed_head",
    metadata,
    primary_key("id"),
    Column("position", BigInteger, nullable=False),
)
