"""When an ended root may be removed, what was removed and what was erased."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PATH = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    for name in ("ended_at", "removal_at", "held_at"):
        op.add_column("root", sa.Column(name, sa.BigInteger()))
    op.execute(
        "UPDATE root SET ended_at = (SELECT ended_at FROM process_instance "
        "WHERE process_instance.key = root.key) WHERE kind = 'process'"
    )
    op.create_index(
        "ix_root_removal_at",
        "root",
        ["removal_at"],
        postgresql_where=sa.text("removal_at IS NOT NULL"),
        sqlite_where=sa.text("removal_at IS NOT NULL"),
    )
    op.create_index(
        "ix_root_unscheduled",
        "root",
        ["ended_at"],
        postgresql_where=sa.text("ended_at IS NOT NULL AND removal_at IS NULL"),
        sqlite_where=sa.text("ended_at IS NOT NULL AND removal_at IS NULL"),
    )
    op.create_table(
        "retention",
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "subject", name=op.f("pk_retention")),
    )
    op.create_table(
        "removed_root",
        sa.Column("root_key", KEY, autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("removed_at", sa.BigInteger(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("unit_id", PATH, nullable=False),
        sa.PrimaryKeyConstraint("root_key", name=op.f("pk_removed_root")),
    )
    op.create_table(
        "erasure",
        sa.Column("root_key", KEY, autoincrement=False, nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("root_key", name=op.f("pk_erasure")),
    )
