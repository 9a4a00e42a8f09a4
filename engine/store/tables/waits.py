"""What an element waits for: timers (a row is an armed timer) and subscriptions."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

from engine.store.tables.metadata import instant, key, metadata, primary_key, text

timer = Table(
    "timer",
    metadata,
    key("element_key", primary_key=True, autoincrement=False),
    Column("index", Integer, primary_key=True, autoincrement=False),
    key("root_key"),
    key("instance_key"),
    text("element_id"),
    instant("due_at", nullable=False),
    Column("repetitions", Integer, nullable=False),
    key("clock_key", nullable=True),
)
Index("ix_timer_due_at", timer.c.due_at)
Index("ix_timer_root_key", timer.c.root_key)

subscription = Table(
    "subscription",
    metadata,
    primary_key(),
    key("root_key"),
    key("instance_key"),
    key("element_key"),
    Column("index", Integer, nullable=False),
    key("definition_key"),
    text("process_id"),
    text("element_id"),
    text("kind"),
    text("name"),
    text("correlation_key", nullable=True),
    text("state"),
    text("tenant_id"),
    instant("opened_at", nullable=False),
    instant("closed_at"),
)
Index("ix_subscription_root_key", subscription.c.root_key)
Index("ix_subscription_element_key", subscription.c.element_key)
Index("ix_subscription_instance_key", subscription.c.instance_key)
Index(
    "ix_subscription_open",
    subscription.c.kind,
    subscription.c.name,
    subscription.c.correlation_key,
    postgresql_where=subscription.c.state == "CREATED",
    sqlite_where=subscription.c.state == "CREATED",
)
