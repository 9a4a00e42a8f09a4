"""Notifications on the pages of whom they concern."""

from __future__ import annotations

from flask import Response
from marshmallow import fields

from api.answers import answer, done
from api.calls import key_of, run
from api.door import Door
from api.schemas.fields import Instant, Key, Text
from api.schemas.search import answer as answer_schema
from engine.commands.notifications import ListNotifications, ReadNotification

door = Door("Notifications", __name__, url_prefix="/api/notifications")

Notification = answer_schema(
    "Notification",
    {
        "key": Key(required=True),
        "recipient": Text(required=True),
        "kind": Text(values=("user", "group"), required=True),
        "subject": Text(required=True),
        "text": Text(required=True),
        "createdAt": Instant(required=True),
        "readAt": Instant(required=True, nullable=True),
        "readBy": Text(required=True, nullable=True),
    },
)
NotificationList = answer_schema(
    "NotificationList", {"items": fields.List(fields.Nested(Notification), required=True)}
)
_WIRE = {"created_at": "createdAt", "read_at": "readAt", "read_by": "readBy"}


@door.operation("GET", "", answers={200: NotificationList}, sends=ListNotifications)
def list_notifications() -> Response:
    """The newest of the caller and their groups."""
    found = run(ListNotifications()).result["notifications"]
    rows = found if isinstance(found, list) else []
    return answer({"items": [{_WIRE.get(k, k): v for k, v in row.items()} for row in rows]})


@door.operation(
    "POST",
    "/<notification_key>/reading",
    answers={204: None},
    fails=(404,),
    sends=ReadNotification,
)
def read_notification(notification_key: str) -> Response:
    """It was read."""
    command = ReadNotification(key=key_of(notification_key, "notificationKey"))
    return done(replayed=run(command).replayed)
