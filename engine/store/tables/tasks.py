"""User tasks and the desk's index of who may take them."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text

from engine.store.sqltypes import JsonText
from engine.store.tables.metadata import instant, key, metadata, primary_key, text, visibility

user_task = Table(
    "user_task",
    metadata,
    primary_key(),
    key("root_key"),
    key("instance_key"),
    key("element_key"),
    key("definition_key"),
    text("process_id"),
    text("element_id"),
    text("name", nullable=True),
    text("state"),
    text("assignee", nullable=True),
    Column("candidate_groups", JsonText, nullable=False),
    Column("candidate_users", JsonText, nullable=False),
    instant("due_at"),
    key("clock_key", nullable=True),
    instant("follow_up_at"),
    Column("priority", Integer, nullable=False),
    text("form_id", nullable=True),
    text("form_binding"),
    text("form_version_tag", nullable=True),
    text("external_form", nullable=True),
    Column("headers", JsonText, nullable=False),
    text("action", nullable=True),
    instant("created_at", nullable=False),
    instant("completed_at"),
    Column("revision", Integer, nullable=False),
    *visibility(),
)
Index("ix_user_task_root_key", user_task.c.root_key)
Index("ix_user_task_instance_key", user_task.c.instance_key)
Index("ix_user_task_element_key", user_task.c.element_key)
Index("ix_user_task_assignee_state", user_task.c.assignee, user_task.c.state)
Index(
    "ix_user_task_open",
    user_task.c.unit_id,
    user_task.c.key,
    postgresql_where=user_task.c.state == "CREATED",
    sqlite_where=user_task.c.state == "CREATED",
)

# ``group_id`` holds a group (``role@agency``) or, for kind ``user``, an account name.
task_candidate = Table(
    "task_candidate",
    metadata,
    Column("group_id", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    key("task_key", primary_key=True),
)
Index("ix_task_candidate_task_key", task_candidate.c.task_key)
