"""What an operator did to a running instance, with the reason given.

The reason is a person's words: it stands in this row only, the event holds its digest.
"""

from __future__ import annotations

from sqlalchemy import Index, Table

from engine.store.tables.metadata import instant, key, metadata, primary_key, text, visibility

intervention = Table(
    "intervention",
    metadata,
    primary_key(),
    key("root_key"),
    text("kind"),
    text("by"),
    text("reason", nullable=True),
    instant("at", nullable=False),
    *visibility(),
)
Index("ix_intervention_root_key", intervention.c.root_key)
