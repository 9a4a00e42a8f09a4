"""Webhook subscriptions and what is on its way to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PATH = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    _webhook()
    _delivery()


def _webhook() -> None:
    op.create_table(
        "webhook",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("types", sa.Text(), nullable=False),
        sa.Column("procedures", sa.Text(), nullable=False),
        sa.Column("units", sa.Text(), nullable=False),
        sa.Column("processes", sa.Text(), nullable=False),
        sa.Column("secrets", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("failing_since", sa.BigInteger()),
        sa.Column("replay_after", sa.BigInteger()),
        sa.Column("replay_until", sa.BigInteger()),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("unit_id", PATH, nullable=False),
        sa.Column("procedure_code", sa.Text()),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_webhook")),
    )


def _delivery() -> None:
    op.create_table(
        "webhook_delivery",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("webhook_key", KEY, nullable=False),
        sa.Column("root_key", KEY, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.BigInteger()),
        sa.Column("lease_until", sa.BigInteger()),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Integer()),
        sa.Column("failure", sa.Text()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_webhook_delivery")),
        sa.ForeignKeyConstraint(
            ["webhook_key"],
            ["webhook.key"],
            name=op.f("fk_webhook_delivery_webhook_key"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint(
            "webhook_key",
            "root_key",
            "seq",
            name=op.f("uq_webhook_delivery_webhook_key_root_key_seq"),
        ),
    )
    due, pending = sa.text("next_at IS NOT NULL"), sa.text("state = 'PENDING'")
    op.create_index(
        "ix_webhook_delivery_next_at",
        "webhook_delivery",
        ["next_at"],
        postgresql_where=due,
        sqlite_where=due,
    )
    op.create_index(
        "ix_webhook_delivery_pending",
        "webhook_delivery",
        ["root_key", "seq"],
        postgresql_where=pending,
        sqlite_where=pending,
    )
    op.create_index("ix_webhook_delivery_state_ended_at", "webhook_delivery", ["state", "ended_at"])
