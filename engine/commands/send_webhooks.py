"""Internal: lease deliveries before they are sent, and note what came of them.

A receiver that answers 410 is believed at once; one that fails for days on end
is switched off, which everybody who may see the subscription is told.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from engine.commands.context import Context, Result
from engine.domain.events import WebhookDisabled
from engine.domain.feed.webhooks import LONGEST_RETRY_AFTER, pause_after
from engine.domain.ids import Key
from engine.ports.webhooks import Attempt, Held

GONE = 410


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDeliveries:
    """``without`` are subscriptions that have enough under way."""

    limit: int
    lease_seconds: float
    without: Sequence[Key] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleDelivery:
    """The receiver's ``status``, or the ``failure`` that kept it from answering."""

    key: Key
    fence: int
    status: int | None = None
    failure: str | None = None
    retry_after: float = 0.0

    @property
    def is_success(self) -> bool:
        """The receiver has the message: any 2xx."""
        return self.status is not None and 200 <= self.status < 300


def claim_deliveries(command: ClaimDeliveries, context: Context) -> Result:
    found = context.uow.webhooks.claim(command.limit, command.lease_seconds, command.without)
    return {"deliveries": tuple(found)}


def settle_delivery(command: SettleDelivery, context: Context) -> Result:
    webhooks = context.uow.webhooks
    held = webhooks.held(command.key, command.fence)
    if held is None:
        return {"settled": False}

    attempt = _attempt(command, held, context)
    webhooks.settle(command.key, attempt)
    if command.is_success:
        if held.failing_since is not None:
            _note(held, context, failing=False)
    else:
        _note(held, context, failing=True, gone=command.status == GONE)
    return {"settled": True, "state": attempt.state}


def _attempt(command: SettleDelivery, held: Held, context: Context) -> Attempt:
    made = held.attempts + 1
    if command.is_success:
        return Attempt(state="DELIVERED", attempts=made, status=command.status)
    chance = random.random()  # noqa: S311 # spreads attempts, guards nothing
    pause = pause_after(made, context.settings.webhooks.pauses, chance)
    if pause is None or command.status == GONE:
        state, next_at = "DEAD", None
    else:
        asked = min(command.retry_after, LONGEST_RETRY_AFTER)
        state = "PENDING"
        next_at = context.uow.real_now + timedelta(seconds=max(pause, asked))
    return Attempt(
        state=state, attempts=made, next_at=next_at, status=command.status, failure=command.failure
    )


def _note(held: Held, context: Context, *, failing: bool, gone: bool = False) -> None:
    webhook = context.uow.webhooks.lock(held.webhook_key)
    if webhook is None or webhook.state == "DISABLED":
        return
    now = context.uow.real_now
    since = (webhook.failing_since or now) if failing else None
    changed = replace(webhook, failing_since=since)
    limit = timedelta(seconds=context.settings.webhooks.disable_after)
    reason = "gone" if gone else "failing" if since is not None and now - since >= limit else None
    if reason is not None:
        changed = replace(changed, state="DISABLED", reason=reason)
        context.uow.record(None, WebhookDisabled(key=webhook.key, reason=reason))
    if changed != webhook:
        context.uow.webhooks.update(changed)
