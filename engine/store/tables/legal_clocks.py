"""Legal clocks, their pauses and extensions."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

from engine.store.tables.metadata import instant, key, metadata, primary_key, text, visibility

legal_clock = Table(
    "legal_clock",
    metadata,
    primary_key(),
    key("root_key"),
    text("name"),
    text("term"),
    instant("start", nullable=False),
    text("purpose"),
    text("unit"),
    text("cut_off", nullable=True),
    text("supplement", nullable=True),
    text("supplement_rule", nullable=True),
    text("calendar"),
    instant("due_at", nullable=False),
    instant("amber_at"),
    instant("stopped_at"),
    text("element_id", nullable=True),
    key("element_key", nullable=True),
    Column("index", Integer),
    key("task_key", nullable=True),
    *visibility(),
)
Index("ix_legal_clock_root_key", legal_clock.c.root_key)
Index("ix_legal_clock_calendar", legal_clock.c.calendar, legal_clock.c.root_key)

legal_pause = Table(
    "legal_pause",
    metadata,
    primary_key(),
    key("root_key"),
    text("rule"),
    text("kind"),
    instant("since", nullable=False),
    instant("until"),
)
Index("ix_legal_pause_root_key", legal_pause.c.root_key)

legal_extension = Table(
    "legal_extension",
    metadata,
    primary_key(),
    key("root_key"),
    text("term"),
    text("document"),
    instant("at", nullable=False),
)
Index("ix_legal_extension_root_key", legal_extension.c.root_key)
