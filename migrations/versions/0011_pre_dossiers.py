"""Dossiers, persons, code counters, duties and receipts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PATH = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    _dossier()
    _dossier_code()
    _dossier_secret()
    _dossier_step()
    _duty()
    _person()
    _procedure_version()
    _receipt()
    _tracking_failure()


def _dossier() -> None:
    op.create_table(
        "dossier",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", KEY, nullable=False),
        sa.Column("code", sa.Text()),
        sa.Column("applies_from", sa.Text()),
        sa.Column("definition_key", KEY),
        sa.Column("receiving_unit", PATH, nullable=False),
        sa.Column("reception_point", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("portal_code", sa.Text()),
        sa.Column("decision", sa.Text()),
        sa.Column("term", sa.Text()),
        sa.Column("submitted_at", sa.BigInteger()),
        sa.Column("accepted_at", sa.BigInteger()),
        sa.Column("statutory_due_at", sa.BigInteger()),
        sa.Column("committed_due_at", sa.BigInteger()),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("business", sa.Text(), nullable=False),
        sa.Column("finance", sa.Text(), nullable=False),
        sa.Column("delivery", sa.Text(), nullable=False),
        sa.Column("sync", sa.Text(), nullable=False),
        sa.Column("return_channel", sa.Text(), nullable=False),
        sa.Column("applicant_key", KEY),
        sa.Column("agent_key", KEY),
        sa.Column("linked_key", KEY),
        sa.Column("link_kind", sa.Text()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger()),
        sa.Column("closed_at", sa.BigInteger()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("unit_id", PATH, nullable=False),
        sa.Column("procedure_code", sa.Text()),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_dossier")),
    )
    op.create_index("ix_dossier_applicant_key", "dossier", ["applicant_key"])
    op.create_index("ix_dossier_linked_key", "dossier", ["linked_key"])
    op.create_index(
        "ix_dossier_receiving_unit_updated_at", "dossier", ["receiving_unit", "updated_at"]
    )
    op.create_index("ix_dossier_root_key", "dossier", ["root_key"])
    op.create_index("ix_dossier_unit_id_updated_at", "dossier", ["unit_id", "updated_at"])
    op.create_index("ix_dossier_updated_at", "dossier", ["updated_at"])
    op.create_index("uq_dossier_code", "dossier", ["tenant_id", "code"], unique=True)
    op.create_index("uq_dossier_portal_code", "dossier", ["tenant_id", "portal_code"], unique=True)


def _dossier_code() -> None:
    op.create_table(
        "dossier_code",
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "series", name=op.f("pk_dossier_code")),
    )


def _dossier_secret() -> None:
    op.create_table(
        "dossier_secret",
        sa.Column("dossier_key", KEY, autoincrement=False, nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("dossier_key", name=op.f("pk_dossier_secret")),
    )


def _dossier_step() -> None:
    op.create_table(
        "dossier_step",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status_before", sa.Integer(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("rule", sa.Text()),
        sa.Column("detail", sa.Text()),
        sa.Column("document_key", KEY),
        sa.Column("answer_by", sa.BigInteger()),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("unit_id", PATH, nullable=False),
        sa.Column("procedure_code", sa.Text()),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_dossier_step")),
    )
    op.create_index("ix_dossier_step_at", "dossier_step", ["at"])
    op.create_index("ix_dossier_step_root_key", "dossier_step", ["root_key"])


def _duty() -> None:
    op.create_table(
        "duty",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", KEY, nullable=False),
        sa.Column("payment_code", sa.Text(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("exemption", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("refunded", sa.BigInteger(), nullable=False),
        sa.Column("blocking", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger()),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("unit_id", PATH, nullable=False),
        sa.Column("procedure_code", sa.Text()),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_duty")),
    )
    op.create_index("ix_duty_root_key", "duty", ["root_key"])
    op.create_index("uq_duty_payment_code", "duty", ["tenant_id", "payment_code"], unique=True)


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded_name", sa.Text(), nullable=False),
        sa.Column("id_kind", sa.Text()),
        sa.Column("id_number", sa.Text()),
        sa.Column("birth_date", sa.Text()),
        sa.Column("phone", sa.Text()),
        sa.Column("email", sa.Text()),
        sa.Column("address", sa.Text()),
        sa.Column("erased", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_person")),
    )
    op.create_index("ix_person_id_number", "person", ["tenant_id", "id_number"])


def _procedure_version() -> None:
    op.create_table(
        "procedure_version",
        sa.Column("definition_key", KEY, autoincrement=False, nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("procedure_code", sa.Text(), nullable=False),
        sa.Column("applies_from", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("definition_key", name=op.f("pk_procedure_version")),
    )
    op.create_index(
        "ix_procedure_version_procedure_code",
        "procedure_version",
        ["tenant_id", "procedure_code", "applies_from"],
    )


def _receipt() -> None:
    op.create_table(
        "receipt",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", KEY, nullable=False),
        sa.Column("duty_key", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text()),
        sa.Column("taken_at", PATH, nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("cashier", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("unit_id", PATH, nullable=False),
        sa.Column("procedure_code", sa.Text()),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_receipt")),
    )
    op.create_index("ix_receipt_root_key", "receipt", ["root_key"])
    op.create_index("ix_receipt_taken_at_day", "receipt", ["taken_at", "day"])
    op.create_index("uq_receipt_external_id", "receipt", ["tenant_id", "external_id"], unique=True)


def _tracking_failure() -> None:
    op.create_table(
        "tracking_failure",
        sa.Column("who", sa.LargeBinary(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("who", name=op.f("pk_tracking_failure")),
    )
