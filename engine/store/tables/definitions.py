"""What was deployed: files by content, process and form versions, and waiting start events."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from engine.store.tables.metadata import instant, key, metadata, primary_key, text

resource = Table(
    "resource",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

deployment = Table(
    "deployment",
    metadata,
    primary_key(),
    text("name"),
    text("tenant_id"),
    instant("created_at", nullable=False),
)

deployment_resource = Table(
    "deployment_resource",
    metadata,
    key("deployment_key", ForeignKey("deployment.key"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("sha256", Text, ForeignKey("resource.sha256"), nullable=False),
)

process_definition = Table(
    "process_definition",
    metadata,
    primary_key(),
    text("tenant_id"),
    text("process_id"),
    Column("version", Integer, nullable=False),
    text("version_tag", nullable=True),
    text("name", nullable=True),
    text("kind"),
    text("procedure_code", nullable=True),
    text("applies_from", nullable=True),
    Column("latest", Boolean, nullable=False),
    text("start_form_id", nullable=True),
    key("deployment_key", ForeignKey("deployment.key")),
    text("resource_name"),
    Column("sha256", Text, ForeignKey("resource.sha256"), nullable=False),
    instant("created_at", nullable=False),
    UniqueConstraint("tenant_id", "process_id", "version"),
)
Index("ix_process_definition_deployment_key", process_definition.c.deployment_key)

form_definition = Table(
    "form_definition",
    metadata,
    primary_key(),
    text("tenant_id"),
    text("form_id"),
    Column("version", Integer, nullable=False),
    text("version_tag", nullable=True),
    Column("latest", Boolean, nullable=False),
    key("deployment_key", ForeignKey("deployment.key")),
    text("resource_name"),
    Column("sha256", Text, ForeignKey("resource.sha256"), nullable=False),
    instant("created_at", nullable=False),
    UniqueConstraint("tenant_id", "form_id", "version"),
)
Index("ix_form_definition_deployment_key", form_definition.c.deployment_key)

decision_requirements = Table(
    "decision_requirements",
    metadata,
    primary_key(),
    text("tenant_id"),
    text("requirements_id"),
    text("name"),
    Column("version", Integer, nullable=False),
    key("deployment_key", ForeignKey("deployment.key")),
    text("resource_name"),
    Column("sha256", Text, ForeignKey("resource.sha256"), nullable=False),
    instant("created_at", nullable=False),
    UniqueConstraint("tenant_id", "requirements_id", "version"),
)

decision_definition = Table(
    "decision_definition",
    metadata,
    primary_key(),
    text("tenant_id"),
    text("decision_id"),
    Column("version", Integer, nullable=False),
    text("version_tag", nullable=True),
    text("name", nullable=True),
    Column("latest", Boolean, nullable=False),
    key("requirements_key", ForeignKey("decision_requirements.key")),
    key("deployment_key", ForeignKey("deployment.key")),
    instant("created_at", nullable=False),
    UniqueConstraint("tenant_id", "decision_id", "version"),
)
Index("ix_decision_definition_requirements_key", decision_definition.c.requirements_key)

start_timer = Table(
    "start_timer",
    metadata,
    key("definition_key", ForeignKey("process_definition.key"), primary_key=True),
    Column("element_id", Text, primary_key=True),
    # A start event may wait for several timers, messages or signals.
    Column("index", Integer, primary_key=True, autoincrement=False),
    text("tenant_id"),
    text("process_id"),
    text("timer_kind", nullable=True),
    text("expression", nullable=True),
    instant("due_at", nullable=False),
    Column("repetitions", Integer, nullable=False),
    Column("needs", Integer, nullable=False, server_default="0"),
)
Index("ix_start_timer_due_at", start_timer.c.due_at)

start_subscription = Table(
    "start_subscription",
    metadata,
    key("definition_key", ForeignKey("process_definition.key"), primary_key=True),
    Column("element_id", Text, primary_key=True),
    text("tenant_id"),
    text("process_id"),
    Column("kind", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    # How many events must come before one instance begins; 0 = any one begins one.
    Column("needs", Integer, nullable=False, server_default="0"),
)
Index("ix_start_subscription_kind_name", start_subscription.c.kind, start_subscription.c.name)
