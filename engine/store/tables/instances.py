"""Process instances (root and called) and the elements they passed through."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table

from engine.store.sqltypes import JsonText
from engine.store.tables.metadata import instant, key, metadata, primary_key, text, visibility

process_instance = Table(
    "process_instance",
    metadata,
    primary_key(),
    key("root_key", ForeignKey("root.key")),
    key("parent_key", nullable=True),
    key("parent_element_key", nullable=True),
    key("definition_key", ForeignKey("process_definition.key")),
    text("process_id"),
    text("state"),
    text("business_id", nullable=True),
    Column("tags", JsonText, nullable=False),
    text("reason", nullable=True),
    instant("started_at", nullable=False),
    instant("ended_at"),
    instant("suspended_at"),
    *visibility(),
)
Index("ix_process_instance_root_key", process_instance.c.root_key)
Index("ix_process_instance_parent_key", process_instance.c.parent_key)
Index("ix_process_instance_definition_key", process_instance.c.definition_key)
Index(
    "ix_process_instance_process_id_state", process_instance.c.process_id, process_instance.c.state
)
Index(
    "ix_process_instance_business_id",
    process_instance.c.business_id,
    postgresql_where=process_instance.c.business_id.is_not(None),
    sqlite_where=process_instance.c.business_id.is_not(None),
)

element_instance = Table(
    "element_instance",
    metadata,
    primary_key(),
    key("root_key"),
    key("instance_key"),
    key("scope_key"),
    key("definition_key"),
    text("process_id"),
    text("element_id"),
    text("element_type"),
    text("name", nullable=True),
    text("state"),
    instant("started_at", nullable=False),
    instant("ended_at"),
)
Index("ix_element_instance_root_key", element_instance.c.root_key)
Index("ix_element_instance_instance_key", element_instance.c.instance_key)
Index(
    "ix_element_instance_definition_key",
    element_instance.c.definition_key,
    element_instance.c.element_id,
)
