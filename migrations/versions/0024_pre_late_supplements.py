"""Finds open supplements without walking all dossiers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    waiting = sa.text("business = 'supplement'")
    op.create_index(
        "ix_dossier_supplement",
        "dossier",
        ["key"],
        postgresql_where=waiting,
        sqlite_where=waiting,
    )
