"""Legal clocks, pauses and extensions; tasks and timers know theirs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PATH = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "legal_clock",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("start", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("cut_off", sa.Text()),
        sa.Column("supplement", sa.Text()),
        sa.Column("supplement_rule", sa.Text()),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("amber_at", sa.BigInteger()),
        sa.Column("stopped_at", sa.BigInteger()),
        sa.Column("element_id", sa.Text()),
        sa.Column("element_key", KEY),
        sa.Column("index", sa.Integer()),
        sa.Column("task_key", KEY),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("unit_id", PATH, nullable=False),
        sa.Column("procedure_code", sa.Text()),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_legal_clock")),
    )
    op.create_index("ix_legal_clock_root_key", "legal_clock", ["root_key"])
    op.create_index("ix_legal_clock_calendar", "legal_clock", ["calendar", "root_key"])
    op.create_table(
        "legal_pause",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", KEY, nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger()),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_legal_pause")),
    )
    op.create_index("ix_legal_pause_root_key", "legal_pause", ["root_key"])
    op.create_table(
        "legal_extension",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", KEY, nullable=False),
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_legal_extension")),
    )
    op.create_index("ix_legal_extension_root_key", "legal_extension", ["root_key"])
    op.add_column("user_task", sa.Column("clock_key", KEY))
    op.add_column("timer", sa.Column("clock_key", KEY))
