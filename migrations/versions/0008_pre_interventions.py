"""Suspended roots, and what operators did to running instances."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PATH = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("root", sa.Column("suspended_at", sa.BigInteger()))
    op.create_index(
        "ix_root_suspended",
        "root",
        ["key"],
        postgresql_where=sa.text("suspended_at IS NOT NULL"),
        sqlite_where=sa.text("suspended_at IS NOT NULL"),
    )
    op.add_column("process_instance", sa.Column("suspended_at", sa.BigInteger()))
    op.create_table(
        "intervention",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("unit_id", PATH, nullable=False),
        sa.Column("procedure_code", sa.Text()),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_intervention")),
    )
    op.create_index("ix_intervention_root_key", "intervention", ["root_key"])
