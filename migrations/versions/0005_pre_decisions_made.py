"""Decisions made, with inputs, matched rules and results."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PATH = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "decision_instance",
        sa.Column("evaluation_key", KEY, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("root_key", KEY, nullable=False),
        sa.Column("instance_key", KEY),
        sa.Column("element_key", KEY),
        sa.Column("process_definition_key", KEY),
        sa.Column("root_decision_key", KEY, nullable=False),
        sa.Column("decision_id", sa.Text(), nullable=False),
        sa.Column("decision_name", sa.Text()),
        sa.Column("decision_type", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("failure", sa.Text()),
        sa.Column("inputs", sa.Text(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("result", sa.Text()),
        sa.Column("evaluated_at", sa.BigInteger(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("unit_id", PATH, nullable=False),
        sa.Column("procedure_code", sa.Text()),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("evaluation_key", "number", name=op.f("pk_decision_instance")),
    )
    for column in ("instance_key", "decision_id"):
        op.create_index(f"ix_decision_instance_{column}", "decision_instance", [column])
