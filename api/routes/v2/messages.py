"""Messages, what waits for them, and signals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.answers import answer
from api.calls import run
from api.door import Door
from api.queries import search_page
from api.schemas.answers import BroadcastSignal as BroadcastAnswer
from api.schemas.answers import CorrelatedMessage, PublishedMessage
from api.schemas.nouns.message_subscription import (
    MESSAGE_SUBSCRIPTION,
    MessageSubscriptionPage,
    MessageSubscriptionSearch,
)
from api.schemas.requests.events import Broadcast, Correlation, Publication
from api.starting import tenant_of
from engine.commands.broadcast_signal import BroadcastSignal
from engine.commands.correlate_message import CorrelateMessage
from engine.commands.publish_message import PublishMessage

door = Door("Messages and signals", __name__, url_prefix="/v2")


@door.operation(
    "POST",
    "/messages/publication",
    body=Publication,
    answers={200: PublishedMessage},
    fails=(409,),
    sends=PublishMessage,
)
def publish_message(body: Mapping[str, Any]) -> Response:
    """Publish a message: who waits gets it, others may come within its time to live."""
    result = run(
        PublishMessage(
            name=body["name"],
            correlation_key=body.get("correlationKey", ""),
            message_id=body.get("messageId"),
            ttl=int(body.get("timeToLive", 0)) / 1000,
            variables=body.get("variables", {}),
            tenant_id=tenant_of(body),
        )
    ).result
    return answer({"messageKey": str(result["key"]), "tenantId": result["tenant_id"]})


@door.operation(
    "POST",
    "/messages/correlation",
    body=Correlation,
    answers={200: CorrelatedMessage},
    fails=(404,),
    sends=CorrelateMessage,
)
def correlate_message(body: Mapping[str, Any]) -> Response:
    """Hand a message to one receiver at once; 404 when nobody waits."""
    result = run(
        CorrelateMessage(
            name=body["name"],
            correlation_key=body.get("correlationKey", ""),
            variables=body.get("variables", {}),
            tenant_id=tenant_of(body),
        )
    ).result
    return answer(
        {
            "messageKey": str(result["key"]),
            "processInstanceKey": str(result["instance_key"]),
            "tenantId": result["tenant_id"],
        }
    )


@door.operation(
    "POST",
    "/signals/broadcast",
    body=Broadcast,
    answers={200: BroadcastAnswer},
    sends=BroadcastSignal,
)
def broadcast_signal(body: Mapping[str, Any]) -> Response:
    """Broadcast a signal to all who wait for it."""
    command = BroadcastSignal(
        name=body["signalName"], variables=body.get("variables", {}), tenant_id=tenant_of(body)
    )
    result = run(command).result
    return answer({"signalKey": str(result["key"]), "tenantId": result["tenant_id"]})


@door.operation(
    "POST",
    "/message-subscriptions/search",
    body=MessageSubscriptionSearch,
    optional=True,
    answers={200: MessageSubscriptionPage},
    reads="message_subscription",
)
def search_message_subscriptions(body: Mapping[str, Any]) -> Response:
    """Search what waits, or waited, for messages."""
    found = search_page(MESSAGE_SUBSCRIPTION, body)
    found["items"] = [item | {"toolProperties": {}} for item in found["items"]]
    return answer(found)
