"""Memory of start events that need several events before one instance begins."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for table in ("start_timer", "start_subscription"):
        op.add_column(table, sa.Column("needs", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "start_arrival",
        sa.Column("definition_key", KEY, autoincrement=False, nullable=False),
        sa.Column("element_id", sa.Text(), nullable=False),
        sa.Column("correlation_key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("instance_key", KEY, nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("process_id", sa.Text(), nullable=False),
        sa.Column("variables", sa.Text(), nullable=False),
        sa.Column("arrived_at", sa.BigInteger(), nullable=False),
        sa.Column("number", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_key"],
            ["process_definition.key"],
            name=op.f("fk_start_arrival_definition_key"),
        ),
        sa.PrimaryKeyConstraint(
            "definition_key",
            "element_id",
            "correlation_key",
            "kind",
            "name",
            name=op.f("pk_start_arrival"),
        ),
    )
