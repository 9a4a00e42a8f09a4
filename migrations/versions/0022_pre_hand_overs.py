"""Dossiers offered from one agency to another."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PATH = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "hand_over",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("dossier_key", KEY, nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text()),
        sa.Column("procedure_code", sa.Text()),
        sa.Column("from_agency", sa.Text(), nullable=False),
        sa.Column("from_unit", PATH, nullable=False),
        sa.Column("to_agency", sa.Text(), nullable=False),
        sa.Column("to_unit", PATH, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("answer", sa.Text()),
        sa.Column("answered_by", sa.Text()),
        sa.Column("offered_at", sa.BigInteger(), nullable=False),
        sa.Column("answer_by", sa.BigInteger()),
        sa.Column("answered_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_hand_over")),
    )
    op.create_index("ix_hand_over_dossier_key", "hand_over", ["dossier_key"])
    op.create_index("ix_hand_over_to_agency_state", "hand_over", ["to_agency", "state"])
    op.create_index("ix_hand_over_from_agency_state", "hand_over", ["from_agency", "state"])
    op.create_index(
        "ix_hand_over_open_answer_by",
        "hand_over",
        ["answer_by"],
        postgresql_where=sa.text("state = 'offered'"),
        sqlite_where=sa.text("state = 'offered'"),
    )
