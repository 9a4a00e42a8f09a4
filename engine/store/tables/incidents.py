"""Parked tokens: what went wrong, where, and whether somebody mended it."""

from __future__ import annotations

from sqlalchemy import Index, Table

from engine.store.tables.metadata import instant, key, metadata, primary_key, text, visibility

incident = Table(
    "incident",
    metadata,
    primary_key(),
    key("root_key"),
    key("instance_key"),
    key("element_key"),
    key("definition_key"),
    text("process_id"),
    text("element_id"),
    text("error_type"),
    text("message"),
    key("job_key", nullable=True),
    text("state"),
    instant("created_at", nullable=False),
    instant("resolved_at"),
    *visibility(),
)
Index("ix_incident_root_key", incident.c.root_key)
Index("ix_incident_element_key", incident.c.element_key)
Index(
    "ix_incident_active",
    incident.c.instance_key,
    postgresql_where=incident.c.state == "ACTIVE",
    sqlite_where=incident.c.state == "ACTIVE",
)
