"""Webhook subscriptions, never with their secrets, and what is on its way to them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, case, false, func, select

from engine.domain.actors import Actor
from engine.domain.permissions import allows
from engine.store.tables import webhook, webhook_delivery
from engine.store.views.grammar import NounView
from engine.store.visibility import visible_to

_PRIVATE = {"secrets", "procedure_code", "sealed", "replay_until"}


def _managed(actor: Actor) -> ColumnElement[bool]:
    if not allows(actor, "webhooks") and not actor.has("system"):
        return false()
    return visible_to(actor, webhook)


def _count(state: str) -> ColumnElement[int]:
    return (
        select(func.count())
        .select_from(webhook_delivery)
        .where(webhook_delivery.c.webhook_key == webhook.c.key, webhook_delivery.c.state == state)
        .correlate(webhook)
        .scalar_subquery()
    )


WEBHOOKS = NounView(
    source=webhook,
    fields={
        **{column.name: column for column in webhook.c if column.name not in _PRIVATE},
        "replaying": case((webhook.c.replay_after.is_not(None), True), else_=False),
        "pending": _count("PENDING"),
        "dead": _count("DEAD"),
    },
    key=webhook.c.key,
    visible=_managed,
)

DELIVERIES = NounView(
    source=webhook_delivery.join(webhook, webhook.c.key == webhook_delivery.c.webhook_key),
    fields={
        column.name: column
        for column in webhook_delivery.c
        if column.name not in {"fence", "lease_until"}
    },
    key=webhook_delivery.c.key,
    visible=_managed,
)
