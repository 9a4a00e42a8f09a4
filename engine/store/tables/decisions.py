"""Decisions made: one row per decision of an evaluation, kept with inputs, rules and result."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

from engine.store.sqltypes import KEY, JsonText
from engine.store.tables.metadata import instant, key, metadata, text, visibility

decision_instance = Table(
    "decision_instance",
    metadata,
    Column("evaluation_key", KEY, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    key("root_key"),
    key("instance_key", nullable=True),
    key("element_key", nullable=True),
    key("process_definition_key", nullable=True),
    key("root_decision_key"),
    text("decision_id"),
    text("decision_name", nullable=True),
    text("decision_type"),
    text("state"),
    text("failure", nullable=True),
    Column("inputs", JsonText, nullable=False),
    Column("rules", JsonText, nullable=False),
    Column("result", JsonText),
    # Null in rows of evaluations that were kept before warnings were.
    Column("warnings", JsonText),
    instant("evaluated_at", nullable=False),
    *visibility(),
)
Index("ix_decision_instance_instance_key", decision_instance.c.instance_key)
Index("ix_decision_instance_decision_id", decision_instance.c.decision_id)
