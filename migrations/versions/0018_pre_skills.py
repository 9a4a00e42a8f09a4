"""Skills of accounts, and the accounts of a unit at hand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account", sa.Column("skills", sa.Text()))
    op.create_index("ix_account_unit_id", "account", ["unit_id"])
