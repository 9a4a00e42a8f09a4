"""Documents of dossiers: contents, uploads, components, and who read what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PATH = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    _blob()
    _upload()
    _document()
    _component()
    _document_access()
    _indexes()


def _blob() -> None:
    op.create_table(
        "blob",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("scan", sa.Text(), nullable=False),
        sa.Column("finding", sa.Text()),
        sa.Column("kept_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blob")),
    )


def _upload() -> None:
    op.create_table(
        "upload",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("unit_id", PATH, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("offset", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text()),
        sa.Column("dossier_key", KEY),
        sa.Column("component", sa.Text()),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_upload")),
    )


def _document() -> None:
    op.create_table(
        "document",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", KEY, nullable=False),
        sa.Column("instance_key", KEY),
        sa.Column("name", sa.Text()),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("scan", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("from_document", KEY),
        sa.Column("properties", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("retain_until", sa.BigInteger()),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("unit_id", PATH, nullable=False),
        sa.Column("procedure_code", sa.Text()),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_document")),
    )


def _component() -> None:
    op.create_table(
        "component",
        sa.Column("root_key", KEY, autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("instance_key", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("mandatory", sa.Boolean(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("document_key", KEY),
        sa.Column("register_item", KEY),
        sa.Column("reason", sa.Text()),
        sa.Column("quality", sa.Boolean()),
        sa.Column("checks", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("settled_by", sa.Text()),
        sa.Column("checked_by", sa.Text()),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("unit_id", PATH, nullable=False),
        sa.Column("procedure_code", sa.Text()),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("root_key", "id", name=op.f("pk_component")),
    )


def _document_access() -> None:
    op.create_table(
        "document_access",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("root_key", KEY, nullable=False),
        sa.Column("document_key", KEY, nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text()),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("unit_id", PATH, nullable=False),
        sa.Column("procedure_code", sa.Text()),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_document_access")),
    )


def _indexes() -> None:
    op.create_index("ix_upload_expires_at", "upload", ["expires_at"])
    op.create_index("ix_document_created_by", "document", ["created_by"])
    op.create_index("ix_document_instance_key", "document", ["instance_key"])
    present = sa.text("retain_until IS NOT NULL")
    op.create_index(
        "ix_document_retain_until",
        "document",
        ["retain_until"],
        postgresql_where=present,
        sqlite_where=present,
    )
    op.create_index("ix_document_root_key", "document", ["root_key"])
    op.create_index("ix_document_sha256", "document", ["sha256"])
    op.create_index("ix_component_instance_key", "component", ["instance_key"])
    op.create_index("ix_document_access_document_key", "document_access", ["document_key"])
    op.create_index("ix_document_access_root_key", "document_access", ["root_key"])
