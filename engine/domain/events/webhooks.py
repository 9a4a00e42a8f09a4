"""Webhook subscriptions: made, changed, switched off. Neither URL nor secret is told."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.events.event import Event
from engine.domain.ids import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookCreated(Event):
    wire = "motcua.webhook.created.v1"
    key: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookChanged(Event):
    """``what`` names the changed members; ``secret`` for a rotation."""

    wire = "motcua.webhook.changed.v1"
    key: Key
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookDisabled(Event):
    """Switched off by the engine: ``gone`` (the receiver said so) or ``failing``."""

    wire = "motcua.webhook.disabled.v1"
    key: Key
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookReplayed(Event):
    """``dead`` tells whether dead letters were meant, else everything after a place."""

    wire = "motcua.webhook.replayed.v1"
    key: Key
    dead: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookDeleted(Event):
    wire = "motcua.webhook.deleted.v1"
    key: Key
