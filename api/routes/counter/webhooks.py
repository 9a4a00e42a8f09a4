"""Webhooks: subscriptions to events, their deliveries, replay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask import Response, request

from api.answers import answer, done
from api.calls import get, key_of, run, search
from api.door import Door
from api.instants import parse_instant
from api.queries import show_page
from api.query import position_of, whole
from api.schemas.nouns.webhook import (
    DELIVERY,
    DELIVERY_STATES,
    WEBHOOK,
    DeliveryPage,
    Webhook,
    WebhookPage,
)
from api.schemas.requests.webhooks import (
    Replayed,
    SecretRotation,
    WebhookChange,
    WebhookCreation,
    WebhookReplay,
    WebhookSecret,
)
from engine.commands.manage_webhooks import (
    ChangeWebhook,
    CreateWebhook,
    DeleteWebhook,
    ReplayWebhook,
    RotateSecret,
)
from engine.domain.feed.webhooks import Wanted
from engine.errors import Fault, InvalidInput
from engine.ports.views import Condition, Query

door = Door("Webhooks", __name__, url_prefix="/api/webhooks")
FILTERS: Final = ("types", "procedures", "units", "processes")
PAGE: Final[dict[str, dict[str, Any]]] = {
    "limit": {"type": "integer", "minimum": 1, "maximum": 1000, "description": "Most items (100)."},
    "after": {"type": "string", "minLength": 1, "maxLength": 1000, "description": "endCursor."},
}
STATE: Final = {"state": {"type": "string", "enum": list(DELIVERY_STATES)}}


@door.operation("POST", "", body=WebhookCreation, answers={201: WebhookSecret}, sends=CreateWebhook)
def create_webhook(body: Mapping[str, Any]) -> Response:
    """Subscribe a URL to events; the answer shows the signing secret once."""
    command = CreateWebhook(
        label=body["label"],
        url=body["url"],
        wanted=Wanted(**{name: tuple(body.get(name) or ()) for name in FILTERS}),
        unit_id=body.get("unitId"),
    )
    return _secret(run(command).result, 201)


@door.operation("GET", "", query=PAGE, answers={200: WebhookPage}, reads="webhook")
def list_webhooks() -> Response:
    """Subscriptions of the caller's unit and below, with what waits and what is dead."""
    page = search("webhook", _query())
    return answer(show_page(page, [WEBHOOK.present(row) for row in page.items]))


@door.operation("GET", "/<webhook_key>", answers={200: Webhook}, fails=(404,), reads="webhook")
def get_webhook(webhook_key: str) -> Response:
    """One subscription."""
    row = get("webhook", key_of(webhook_key, "webhookKey"), "webhook")
    return answer(WEBHOOK.present(row))


@door.operation(
    "PATCH",
    "/<webhook_key>",
    body=WebhookChange,
    answers={204: None},
    fails=(404,),
    sends=ChangeWebhook,
)
def change_webhook(webhook_key: str, body: Mapping[str, Any]) -> Response:
    """Change what is sent; ACTIVE switches a disabled one on again."""
    filters = {name: tuple(body[name]) for name in FILTERS if body.get(name) is not None}
    command = ChangeWebhook(
        key=key_of(webhook_key, "webhookKey"),
        label=body.get("label"),
        url=body.get("url"),
        state=body.get("state"),
        **filters,
    )
    run(command)
    return done()


@door.operation("DELETE", "/<webhook_key>", answers={204: None}, fails=(404,), sends=DeleteWebhook)
def delete_webhook(webhook_key: str) -> Response:
    """Remove a subscription with all that is on its way."""
    run(DeleteWebhook(key=key_of(webhook_key, "webhookKey")))
    return done()


@door.operation(
    "POST",
    "/<webhook_key>/secret",
    body=SecretRotation,
    optional=True,
    answers={201: WebhookSecret},
    fails=(404,),
    sends=RotateSecret,
)
def rotate_webhook_secret(webhook_key: str, body: Mapping[str, Any]) -> Response:
    """A new signing secret; messages carry both signatures while the old one is valid."""
    overlap = float(body.get("overlapSeconds", 86_400))
    command = RotateSecret(key=key_of(webhook_key, "webhookKey"), overlap=overlap)
    return _secret(run(command).result, 201)


@door.operation(
    "POST",
    "/<webhook_key>/replay",
    body=WebhookReplay,
    answers={202: Replayed},
    fails=(404, 409),
    sends=ReplayWebhook,
)
def replay_webhook(webhook_key: str, body: Mapping[str, Any]) -> Response:
    """Send again with the same ids: the dead letters, or all after a cursor or an instant."""
    after, since = body.get("after"), body.get("since")
    command = ReplayWebhook(
        key=key_of(webhook_key, "webhookKey"),
        dead=bool(body.get("dead")),
        after=position_of(after, "/after") if after else None,
        since=parse_instant(since) if since else None,
    )
    result = run(command).result
    events = result.get("revived", result.get("looked_at", 0))
    return answer({"webhookKey": str(result["key"]), "events": events}, 202)


@door.operation(
    "GET",
    "/<webhook_key>/deliveries",
    query=PAGE | STATE,
    answers={200: DeliveryPage},
    fails=(404,),
    reads="webhook_delivery",
)
def list_webhook_deliveries(webhook_key: str) -> Response:
    """What is on its way, delivered or dead, the newest first."""
    key = key_of(webhook_key, "webhookKey")
    get("webhook", key, "webhook")
    where = [Condition(field="webhook_key", op="eq", value=key)]
    if (state := request.args.get("state")) is not None:
        if state not in DELIVERY_STATES:
            sentence = f"Send one of {', '.join(DELIVERY_STATES)}."
            fault = Fault(pointer="state", code="type", sentence=sentence)
            raise InvalidInput("A query parameter is not acceptable.", [fault])
        where.append(Condition(field="state", op="eq", value=state))
    page = search("webhook_delivery", _query(*where))
    return answer(show_page(page, [DELIVERY.present(row) for row in page.items]))


def _query(*where: Condition) -> Query:
    return Query(
        where=where,
        sort=(("key", "desc"),),
        limit=whole(request, "limit", PAGE["limit"], 100),
        after=request.args.get("after"),
    )


def _secret(result: Mapping[str, Any], status: int) -> Response:
    return answer({"webhookKey": str(result["key"]), "secret": result.get("once_secret")}, status)
