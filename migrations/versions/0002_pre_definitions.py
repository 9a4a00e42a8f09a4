"""What is deployed: files, versions, waiting start events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _resource()
    _deployment()
    _deployment_resource()
    _process_definition()
    _form_definition()
    _decision_requirements()
    _decision_definition()
    _start_timer()
    _start_subscription()


def _resource() -> None:
    op.create_table(
        "resource",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_resource")),
    )


def _deployment() -> None:
    op.create_table(
        "deployment",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_deployment")),
    )


def _deployment_resource() -> None:
    op.create_table(
        "deployment_resource",
        sa.Column("deployment_key", KEY, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deployment_key"],
            ["deployment.key"],
            name=op.f("fk_deployment_resource_deployment_key"),
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["resource.sha256"], name=op.f("fk_deployment_resource_sha256")
        ),
        sa.PrimaryKeyConstraint("deployment_key", "name", name=op.f("pk_deployment_resource")),
    )


def _process_definition() -> None:
    op.create_table(
        "process_definition",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("process_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("version_tag", sa.Text()),
        sa.Column("name", sa.Text()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("procedure_code", sa.Text()),
        sa.Column("applies_from", sa.Text()),
        sa.Column("latest", sa.Boolean(), nullable=False),
        sa.Column("start_form_id", sa.Text()),
        sa.Column("deployment_key", KEY, nullable=False),
        sa.Column("resource_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deployment_key"],
            ["deployment.key"],
            name=op.f("fk_process_definition_deployment_key"),
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["resource.sha256"], name=op.f("fk_process_definition_sha256")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_process_definition")),
        sa.UniqueConstraint(
            "tenant_id",
            "process_id",
            "version",
            name=op.f("uq_process_definition_tenant_id_process_id_version"),
        ),
    )
    op.create_index(
        "ix_process_definition_deployment_key", "process_definition", ["deployment_key"]
    )


def _form_definition() -> None:
    op.create_table(
        "form_definition",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("form_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("version_tag", sa.Text()),
        sa.Column("latest", sa.Boolean(), nullable=False),
        sa.Column("deployment_key", KEY, nullable=False),
        sa.Column("resource_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deployment_key"], ["deployment.key"], name=op.f("fk_form_definition_deployment_key")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["resource.sha256"], name=op.f("fk_form_definition_sha256")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_form_definition")),
        sa.UniqueConstraint(
            "tenant_id",
            "form_id",
            "version",
            name=op.f("uq_form_definition_tenant_id_form_id_version"),
        ),
    )
    op.create_index("ix_form_definition_deployment_key", "form_definition", ["deployment_key"])


def _decision_requirements() -> None:
    op.create_table(
        "decision_requirements",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("requirements_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deployment_key", KEY, nullable=False),
        sa.Column("resource_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deployment_key"],
            ["deployment.key"],
            name=op.f("fk_decision_requirements_deployment_key"),
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["resource.sha256"], name=op.f("fk_decision_requirements_sha256")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_decision_requirements")),
        sa.UniqueConstraint(
            "tenant_id",
            "requirements_id",
            "version",
            name=op.f("uq_decision_requirements_tenant_id_requirements_id_version"),
        ),
    )


def _decision_definition() -> None:
    op.create_table(
        "decision_definition",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("decision_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("version_tag", sa.Text()),
        sa.Column("name", sa.Text()),
        sa.Column("latest", sa.Boolean(), nullable=False),
        sa.Column("requirements_key", KEY, nullable=False),
        sa.Column("deployment_key", KEY, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deployment_key"],
            ["deployment.key"],
            name=op.f("fk_decision_definition_deployment_key"),
        ),
        sa.ForeignKeyConstraint(
            ["requirements_key"],
            ["decision_requirements.key"],
            name=op.f("fk_decision_definition_requirements_key"),
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_decision_definition")),
        sa.UniqueConstraint(
            "tenant_id",
            "decision_id",
            "version",
            name=op.f("uq_decision_definition_tenant_id_decision_id_version"),
        ),
    )
    op.create_index(
        "ix_decision_definition_requirements_key", "decision_definition", ["requirements_key"]
    )


def _start_timer() -> None:
    op.create_table(
        "start_timer",
        sa.Column("definition_key", KEY, autoincrement=False, nullable=False),
        sa.Column("element_id", sa.Text(), nullable=False),
        sa.Column("index", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("process_id", sa.Text(), nullable=False),
        sa.Column("timer_kind", sa.Text()),
        sa.Column("expression", sa.Text()),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("repetitions", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_key"],
            ["process_definition.key"],
            name=op.f("fk_start_timer_definition_key"),
        ),
        sa.PrimaryKeyConstraint(
            "definition_key", "element_id", "index", name=op.f("pk_start_timer")
        ),
    )
    op.create_index("ix_start_timer_due_at", "start_timer", ["due_at"])


def _start_subscription() -> None:
    op.create_table(
        "start_subscription",
        sa.Column("definition_key", KEY, autoincrement=False, nullable=False),
        sa.Column("element_id", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("process_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_key"],
            ["process_definition.key"],
            name=op.f("fk_start_subscription_definition_key"),
        ),
        # A multiple start event waits for several messages and signals.
        sa.PrimaryKeyConstraint(
            "definition_key", "element_id", "kind", "name", name=op.f("pk_start_subscription")
        ),
    )
    op.create_index("ix_start_subscription_kind_name", "start_subscription", ["kind", "name"])
