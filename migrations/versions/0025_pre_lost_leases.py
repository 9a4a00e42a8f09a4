"""How often in a row a job's worker vanished."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("job", sa.Column("lost", sa.Integer(), nullable=False, server_default="0"))
