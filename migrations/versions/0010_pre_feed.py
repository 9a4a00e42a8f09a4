"""The feed: in which order events were published."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "feed",
        sa.Column("position", KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", KEY, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_feed")),
        sa.UniqueConstraint("root_key", "seq", name=op.f("uq_feed_root_key_seq")),
    )
    op.create_table(
        "feed_head",
        sa.Column("id", KEY, autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_head")),
    )
    op.execute("INSERT INTO feed_head (id, position) VALUES (1, 0)")
