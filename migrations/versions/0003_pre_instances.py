"""Running and finished work: roots, instances, tasks, variables, incidents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PATH = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    _root()
    _process_instance()
    _element_instance()
    _user_task()
    _task_candidate()
    _variable()
    _incident()


def _root() -> None:
    op.create_table(
        "root",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("definition_key", KEY),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary()),
        sa.Column("snapshot", sa.LargeBinary()),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("published_seq", sa.BigInteger(), nullable=False),
        sa.Column("sealed_seq", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("unit_id", PATH, nullable=False),
        sa.Column("procedure_code", sa.Text()),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_root")),
    )
    op.create_index(
        "ix_root_unpublished",
        "root",
        ["key"],
        postgresql_where=sa.text("published_seq < seq"),
        sqlite_where=sa.text("published_seq < seq"),
    )
    op.create_index(
        "ix_root_unsealed",
        "root",
        ["key"],
        postgresql_where=sa.text("sealed_seq < seq"),
        sqlite_where=sa.text("sealed_seq < seq"),
    )
    op.create_index("uq_root_name", "root", ["name"], unique=True)


def _process_instance() -> None:
    op.create_table(
        "process_instance",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", KEY, nullable=False),
        sa.Column("parent_key", KEY),
        sa.Column("parent_element_key", KEY),
        sa.Column("definition_key", KEY, nullable=False),
        sa.Column("process_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("business_id", sa.Text()),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("unit_id", PATH, nullable=False),
        sa.Column("procedure_code", sa.Text()),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_key"],
            ["process_definition.key"],
            name=op.f("fk_process_instance_definition_key"),
        ),
        sa.ForeignKeyConstraint(
            ["root_key"], ["root.key"], name=op.f("fk_process_instance_root_key")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_process_instance")),
    )
    op.create_index(
        "ix_process_instance_business_id",
        "process_instance",
        ["business_id"],
        postgresql_where=sa.text("business_id IS NOT NULL"),
        sqlite_where=sa.text("business_id IS NOT NULL"),
    )
    op.create_index("ix_process_instance_definition_key", "process_instance", ["definition_key"])
    op.create_index("ix_process_instance_parent_key", "process_instance", ["parent_key"])
    op.create_index(
        "ix_process_instance_process_id_state", "process_instance", ["process_id", "state"]
    )
    op.create_index("ix_process_instance_root_key", "process_instance", ["root_key"])


def _element_instance() -> None:
    op.create_table(
        "element_instance",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", KEY, nullable=False),
        sa.Column("instance_key", KEY, nullable=False),
        sa.Column("scope_key", KEY, nullable=False),
        sa.Column("definition_key", KEY, nullable=False),
        sa.Column("process_id", sa.Text(), nullable=False),
        sa.Column("element_id", sa.Text(), nullable=False),
        sa.Column("element_type", sa.Text(), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_element_instance")),
    )
    op.create_index(
        "ix_element_instance_definition_key", "element_instance", ["definition_key", "element_id"]
    )
    op.create_index("ix_element_instance_instance_key", "element_instance", ["instance_key"])
    op.create_index("ix_element_instance_root_key", "element_instance", ["root_key"])


def _user_task() -> None:
    op.create_table(
        "user_task",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", KEY, nullable=False),
        sa.Column("instance_key", KEY, nullable=False),
        sa.Column("element_key", KEY, nullable=False),
        sa.Column("definition_key", KEY, nullable=False),
        sa.Column("process_id", sa.Text(), nullable=False),
        sa.Column("element_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("assignee", sa.Text()),
        sa.Column("candidate_groups", sa.Text(), nullable=False),
        sa.Column("candidate_users", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger()),
        sa.Column("follow_up_at", sa.BigInteger()),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Text()),
        sa.Column("form_binding", sa.Text(), nullable=False),
        sa.Column("form_version_tag", sa.Text()),
        sa.Column("external_form", sa.Text()),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("action", sa.Text()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("completed_at", sa.BigInteger()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("unit_id", PATH, nullable=False),
        sa.Column("procedure_code", sa.Text()),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_user_task")),
    )
    op.create_index("ix_user_task_assignee_state", "user_task", ["assignee", "state"])
    op.create_index("ix_user_task_element_key", "user_task", ["element_key"])
    op.create_index("ix_user_task_instance_key", "user_task", ["instance_key"])
    op.create_index(
        "ix_user_task_open",
        "user_task",
        ["unit_id", "key"],
        postgresql_where=sa.text("state = 'CREATED'"),
        sqlite_where=sa.text("state = 'CREATED'"),
    )
    op.create_index("ix_user_task_root_key", "user_task", ["root_key"])


def _task_candidate() -> None:
    op.create_table(
        "task_candidate",
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("task_key", KEY, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("group_id", "kind", "task_key", name=op.f("pk_task_candidate")),
    )
    op.create_index("ix_task_candidate_task_key", "task_candidate", ["task_key"])


def _variable() -> None:
    op.create_table(
        "variable",
        sa.Column("scope_key", KEY, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("root_key", KEY, nullable=False),
        sa.Column("instance_key", KEY, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("unit_id", PATH, nullable=False),
        sa.Column("procedure_code", sa.Text()),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("scope_key", "name", name=op.f("pk_variable")),
    )
    op.create_index("ix_variable_instance_key_name", "variable", ["instance_key", "name"])
    op.create_index(
        "ix_variable_live",
        "variable",
        ["root_key"],
        postgresql_where=sa.text("live"),
        sqlite_where=sa.text("live"),
    )
    op.create_index("ix_variable_root_key", "variable", ["root_key"])
    op.create_index("uq_variable_key", "variable", ["key"], unique=True)


def _incident() -> None:
    op.create_table(
        "incident",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", KEY, nullable=False),
        sa.Column("instance_key", KEY, nullable=False),
        sa.Column("element_key", KEY, nullable=False),
        sa.Column("definition_key", KEY, nullable=False),
        sa.Column("process_id", sa.Text(), nullable=False),
        sa.Column("element_id", sa.Text(), nullable=False),
        sa.Column("error_type", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("job_key", KEY),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("resolved_at", sa.BigInteger()),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("unit_id", PATH, nullable=False),
        sa.Column("procedure_code", sa.Text()),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_incident")),
    )
    op.create_index(
        "ix_incident_active",
        "incident",
        ["instance_key"],
        postgresql_where=sa.text("state = 'ACTIVE'"),
        sqlite_where=sa.text("state = 'ACTIVE'"),
    )
    op.create_index("ix_incident_element_key", "incident", ["element_key"])
    op.create_index("ix_incident_root_key", "incident", ["root_key"])
