"""How the systems we ask are doing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "connector_health",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("last_success", sa.BigInteger()),
        sa.Column("last_failure", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id"),
    )
