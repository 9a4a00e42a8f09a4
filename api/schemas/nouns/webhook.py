"""Webhook subscriptions and deliveries as the wire shows them."""

from __future__ import annotations

from api.schemas.columns import Column, Table
from api.schemas.search import item_schema, page_schema

WEBHOOK_STATES = ("ACTIVE", "PAUSED", "DISABLED")
DELIVERY_STATES = ("PENDING", "DELIVERED", "DEAD")

WEBHOOK = Table(
    noun="webhook",
    name="Webhook",
    columns=(
        Column(wire="webhookKey", row="key", kind="key"),
        Column(wire="label", row="label"),
        Column(wire="url", row="url"),
        Column(wire="types", row="types", kind="texts"),
        Column(wire="procedures", row="procedures", kind="texts"),
        Column(wire="units", row="units", kind="texts"),
        Column(wire="processes", row="processes", kind="texts"),
        Column(wire="state", row="state", kind="choice", values=WEBHOOK_STATES),
        Column(wire="reason", row="reason", nullable=True, doc="Why it was switched off."),
        Column(wire="failingSince", row="failing_since", kind="instant", nullable=True),
        Column(wire="replaying", row="replaying", kind="flag"),
        Column(wire="pending", row="pending", kind="whole"),
        Column(wire="dead", row="dead", kind="whole"),
        Column(wire="unitId", row="unit_id"),
        Column(wire="createdBy", row="created_by"),
        Column(wire="createdAt", row="created_at", kind="instant"),
    ),
)
Webhook = item_schema(WEBHOOK)
WebhookPage = page_schema("Webhook", Webhook)

DELIVERY = Table(
    noun="webhook_delivery",
    name="WebhookDelivery",
    columns=(
        Column(wire="deliveryKey", row="key", kind="key"),
        Column(wire="subject", row="root_key", kind="key"),
        Column(wire="sequence", row="seq", kind="whole"),
        Column(wire="type", row="type"),
        Column(wire="state", row="state", kind="choice", values=DELIVERY_STATES),
        Column(wire="attempts", row="attempts", kind="whole"),
        Column(wire="nextAt", row="next_at", kind="instant", nullable=True),
        Column(wire="status", row="status", kind="whole", nullable=True),
        Column(wire="failure", row="failure", nullable=True),
        Column(wire="createdAt", row="created_at", kind="instant"),
        Column(wire="endedAt", row="ended_at", kind="instant", nullable=True),
    ),
)
Delivery = item_schema(DELIVERY)
DeliveryPage = page_schema("WebhookDelivery", Delivery)
