"""Webhooks: their rows are written by the commands' own calls."""

from __future__ import annotations

from engine.domain.events import (
    WebhookChanged,
    WebhookCreated,
    WebhookDeleted,
    WebhookDisabled,
    WebhookReplayed,
)
from engine.store.appliers.registry import only_history

only_history(WebhookChanged, WebhookCreated, WebhookDeleted, WebhookDisabled, WebhookReplayed)
