"""Dossiers offered from one agency to another."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table

from engine.store.sqltypes import PATH
from engine.store.tables.metadata import instant, key, metadata, primary_key, text

hand_over = Table(
    "hand_over",
    metadata,
    primary_key(),
    key("dossier_key"),
    text("tenant_id"),
    text("code", nullable=True),
    text("procedure_code", nullable=True),
    text("from_agency"),
    Column("from_unit", PATH, nullable=False),
    text("to_agency"),
    Column("to_unit", PATH, nullable=False),
    text("state"),
    text("reason", nullable=True),
    text("answer", nullable=True),
    text("answered_by", nullable=True),
    instant("offered_at", nullable=False),
    instant("answer_by"),
    instant("answered_at"),
)
Index("ix_hand_over_dossier_key", hand_over.c.dossier_key)
Index("ix_hand_over_to_agency_state", hand_over.c.to_agency, hand_over.c.state)
Index("ix_hand_over_from_agency_state", hand_over.c.from_agency, hand_over.c.state)
Index(
    "ix_hand_over_open_answer_by",
    hand_over.c.answer_by,
    postgresql_where=hand_over.c.state == "offered",
    sqlite_where=hand_over.c.state == "offered",
)
