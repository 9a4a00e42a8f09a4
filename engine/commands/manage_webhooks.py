"""Webhook subscriptions: make, change, give a new secret, replay, remove.

A subscription belongs to a unit and is told what that unit sees; whoever makes
it gives it their own unit or one below. Its secret is shown when it is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from engine.commands.context import Context, Result
from engine.commands.guards import require_visible
from engine.domain.events import WebhookChanged, WebhookCreated, WebhookDeleted, WebhookReplayed
from engine.domain.feed.catalogue import kinds
from engine.domain.feed.webhooks import Secret, Wanted, Webhook, is_named, new_secret
from engine.domain.ids import Key
from engine.domain.outgoing import networks_of, target_of
from engine.domain.records import Visibility
from engine.errors import Conflict, Fault, Forbidden, InvalidInput, NotFound

MAX_LABEL = 200
MAX_NAMES = 100
MAX_OVERLAP = 7 * 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateWebhook:
    """``unit_id`` None is the caller's own."""

    label: str
    url: str
    wanted: Wanted
    unit_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeWebhook:
    """Only what is not None changes; ``ACTIVE`` also ends an automatic disabling."""

    key: Key
    label: str | None = None
    url: str | None = None
    types: tuple[str, ...] | None = None
    procedures: tuple[str, ...] | None = None
    units: tuple[str, ...] | None = None
    processes: tuple[str, ...] | None = None
    state: Literal["ACTIVE", "PAUSED"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RotateSecret:
    """The secret before stays valid for ``overlap`` seconds; older ones end at once."""

    key: Key
    overlap: float = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayWebhook:
    """One of: the dead letters, all after a feed position, all from an instant on."""

    key: Key
    dead: bool = False
    after: int | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteWebhook:
    """With all that is on its way."""

    key: Key


def create_webhook(command: CreateWebhook, context: Context) -> Result:
    unit_id = context.actor.unit_id if command.unit_id is None else command.unit_id
    if not unit_id.startswith(context.actor.unit_id):
        raise Forbidden("The unit is not one of yours.", code="unit-outside")
    _require_sane(command.label, command.url, command.wanted, unit_id, context)

    webhook = Webhook(
        key=context.uow.next_key(),
        label=command.label,
        url=command.url,
        wanted=command.wanted,
        secrets=(Secret(text=new_secret()),),
        state="ACTIVE",
        unit_id=unit_id,
        tenant_id=context.actor.tenant_id,
        created_by=context.actor.name,
    )
    context.uow.webhooks.create(webhook)
    context.uow.record(None, WebhookCreated(key=webhook.key))
    return {"key": webhook.key, "once_secret": webhook.secrets[0].text}


def change_webhook(command: ChangeWebhook, context: Context) -> Result:
    webhook = _webhook(command.key, context)
    wanted = replace(webhook.wanted, **_given(command, "types", "procedures", "units", "processes"))
    changed = replace(webhook, wanted=wanted, **_given(command, "label", "url", "state"))
    _require_sane(changed.label, changed.url, wanted, webhook.unit_id, context)
    if command.state is not None and webhook.state == "DISABLED":
        changed = replace(changed, reason=None, failing_since=None)

    context.uow.webhooks.update(changed)
    names = ("label", "url", "types", "procedures", "units", "processes", "state")
    what = tuple(name for name in names if getattr(command, name) is not None)
    context.uow.record(None, WebhookChanged(key=webhook.key, what=what))
    return {"key": webhook.key}


def rotate_secret(command: RotateSecret, context: Context) -> Result:
    if not 0 <= command.overlap <= MAX_OVERLAP:
        raise InvalidInput("The overlap is from 0 seconds to 7 days.", code="overlap")
    webhook = _webhook(command.key, context)

    fresh = Secret(text=new_secret())
    until = context.uow.real_now + timedelta(seconds=command.overlap)
    before = tuple(
        replace(each, valid_until=until) for each in webhook.secrets if each.valid_until is None
    )
    context.uow.webhooks.update(replace(webhook, secrets=(fresh, *before)))
    context.uow.record(None, WebhookChanged(key=webhook.key, what=("secret",)))
    return {"key": webhook.key, "once_secret": fresh.text}


def replay_webhook(command: ReplayWebhook, context: Context) -> Result:
    asked = (command.dead, command.after is not None, command.since is not None)
    if sum(asked) != 1:
        raise InvalidInput("Say one of: dead letters, a cursor, an instant.", code="replay-what")
    webhook = _webhook(command.key, context)
    if webhook.state == "DISABLED":
        raise Conflict("The webhook is switched off: activate it first.", code="webhook-disabled")

    context.uow.record(None, WebhookReplayed(key=webhook.key, dead=command.dead))
    if command.dead:
        return {"key": webhook.key, "revived": context.uow.webhooks.revive(webhook.key)}
    webhooks = context.uow.webhooks
    after = webhooks.position_at(command.since) if command.since else command.after or 0
    head = webhooks.head()
    webhooks.replay(webhook.key, after, head)
    return {"key": webhook.key, "looked_at": max(0, head - after)}


def delete_webhook(command: DeleteWebhook, context: Context) -> Result:
    webhook = _webhook(command.key, context)
    context.uow.webhooks.delete(webhook.key)
    context.uow.record(None, WebhookDeleted(key=webhook.key))
    return {"key": webhook.key}


def _webhook(key: Key, context: Context) -> Webhook:
    webhook = context.uow.webhooks.lock(key)
    if webhook is None:
        raise NotFound("There is no such webhook.", code="no-webhook")
    seen_by = Visibility(tenant_id=webhook.tenant_id, unit_id=webhook.unit_id)
    require_visible(context.actor, seen_by, "webhook")
    return webhook


def _given(command: ChangeWebhook, *names: str) -> dict[str, Any]:
    return {name: getattr(command, name) for name in names if getattr(command, name) is not None}


def _require_sane(label: str, url: str, wanted: Wanted, unit_id: str, context: Context) -> None:
    settings = context.settings
    target_of(url, settings.outgoing_schemes, networks_of(settings.outgoing_private))
    faults = []
    if not label.strip() or len(label) > MAX_LABEL:
        faults.append(_fault("/label", "label", f"1 to {MAX_LABEL} characters."))
    for name in ("types", "procedures", "units", "processes"):
        if len(getattr(wanted, name)) > MAX_NAMES:
            faults.append(_fault(f"/{name}", "too-many", f"At most {MAX_NAMES} entries."))
    if unknown := _unknown_types(wanted.types):
        sentence = f"No event is called so: {', '.join(unknown)}. docs/events.md lists all."
        faults.append(_fault("/types", "event-type-unknown", sentence))
    if any(not unit.startswith(unit_id) for unit in wanted.units):
        sentence = "A unit stands outside the webhook's own unit: it would never be told."
        faults.append(_fault("/units", "unit-outside", sentence))
    if faults:
        raise InvalidInput("The webhook is not acceptable.", faults)


def _unknown_types(names: Sequence[str]) -> list[str]:
    return [name for name in names if not any(is_named(wire, name) for wire in kinds())]


def _fault(pointer: str, code: str, sentence: str) -> Fault:
    return Fault(pointer=pointer, code=code, sentence=sentence)
