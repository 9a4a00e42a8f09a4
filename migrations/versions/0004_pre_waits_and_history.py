"""Jobs, timers, messages, and the chain of events with its seals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PATH = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    _job()
    _timer()
    _subscription()
    _message()
    _message_taken()
    _event()
    _seal()
    _seal_leaf()


def _job() -> None:
    op.create_table(
        "job",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", KEY),
        sa.Column("instance_key", KEY),
        sa.Column("element_key", KEY),
        sa.Column("definition_key", KEY),
        sa.Column("process_id", sa.Text()),
        sa.Column("element_id", sa.Text()),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("listener_event", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("retries", sa.Integer(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text()),
        sa.Column("worker", sa.Text()),
        sa.Column("lease_until", sa.BigInteger()),
        sa.Column("retry_at", sa.BigInteger()),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("error_code", sa.Text()),
        sa.Column("error_message", sa.Text()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("unit_id", PATH, nullable=False),
        sa.Column("procedure_code", sa.Text()),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_job")),
    )
    op.create_index("ix_job_element_key", "job", ["element_key"])
    op.create_index("ix_job_instance_key", "job", ["instance_key"])
    op.create_index(
        "ix_job_open",
        "job",
        ["type", sa.text("priority DESC"), "created_at", "key"],
        postgresql_where=sa.text("open"),
        sqlite_where=sa.text("open"),
    )
    op.create_index("ix_job_root_key", "job", ["root_key"])


def _timer() -> None:
    op.create_table(
        "timer",
        sa.Column("element_key", KEY, autoincrement=False, nullable=False),
        sa.Column("index", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("root_key", KEY, nullable=False),
        sa.Column("instance_key", KEY, nullable=False),
        sa.Column("element_id", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("repetitions", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("element_key", "index", name=op.f("pk_timer")),
    )
    op.create_index("ix_timer_due_at", "timer", ["due_at"])
    op.create_index("ix_timer_root_key", "timer", ["root_key"])


def _subscription() -> None:
    op.create_table(
        "subscription",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", KEY, nullable=False),
        sa.Column("instance_key", KEY, nullable=False),
        sa.Column("element_key", KEY, nullable=False),
        sa.Column("index", sa.Integer(), nullable=False),
        sa.Column("definition_key", KEY, nullable=False),
        sa.Column("process_id", sa.Text(), nullable=False),
        sa.Column("element_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("correlation_key", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_subscription")),
    )
    op.create_index("ix_subscription_element_key", "subscription", ["element_key"])
    op.create_index("ix_subscription_instance_key", "subscription", ["instance_key"])
    op.create_index(
        "ix_subscription_open",
        "subscription",
        ["kind", "name", "correlation_key"],
        postgresql_where=sa.text("state = 'CREATED'"),
        sqlite_where=sa.text("state = 'CREATED'"),
    )
    op.create_index("ix_subscription_root_key", "subscription", ["root_key"])


def _message() -> None:
    op.create_table(
        "message",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("correlation_key", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text()),
        sa.Column("variables", sa.Text(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("unit_id", PATH, nullable=False),
        sa.Column("procedure_code", sa.Text()),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_message")),
    )
    op.create_index("ix_message_expires_at", "message", ["expires_at"])
    op.create_index("ix_message_name_correlation_key", "message", ["name", "correlation_key"])
    op.create_index(
        "uq_message_message_id",
        "message",
        ["tenant_id", "name", "correlation_key", "message_id"],
        unique=True,
        postgresql_where=sa.text("message_id IS NOT NULL"),
        sqlite_where=sa.text("message_id IS NOT NULL"),
    )


def _message_taken() -> None:
    op.create_table(
        "message_taken",
        sa.Column("message_key", KEY, autoincrement=False, nullable=False),
        sa.Column("process_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_key"],
            ["message.key"],
            name=op.f("fk_message_taken_message_key"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("message_key", "process_id", name=op.f("pk_message_taken")),
    )


def _event() -> None:
    op.create_table(
        "event",
        sa.Column("root_key", KEY, autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("unit", PATH, nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("prev", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["root_key"], ["root.key"], name=op.f("fk_event_root_key")),
        sa.PrimaryKeyConstraint("root_key", "seq", name=op.f("pk_event")),
    )
    op.create_index("ix_event_at", "event", ["at"])


def _seal() -> None:
    op.create_table(
        "seal",
        sa.Column("number", KEY, autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("merkle_root", sa.LargeBinary(), nullable=False),
        sa.Column("prev", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_seal")),
    )


def _seal_leaf() -> None:
    op.create_table(
        "seal_leaf",
        sa.Column("seal_number", KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", KEY, autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seal_number", "root_key", name=op.f("pk_seal_leaf")),
    )
    op.create_index("ix_seal_leaf_root_key_seq", "seal_leaf", ["root_key", "seq"])
