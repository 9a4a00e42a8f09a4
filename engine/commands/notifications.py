"""Notifications of the actor and their groups: list them, mark one as read."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import Context, Result
from engine.domain.ids import Key
from engine.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class ListNotifications:
    """The newest first."""

    unread: bool = False
    limit: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadNotification:
    """For a group the first reader counts."""

    key: Key


def list_notifications(command: ListNotifications, context: Context) -> Result:
    limit = min(max(command.limit, 1), 200)
    rows = context.uow.notifications.of(context.actor, limit, unread=command.unread)
    return {
        "notifications": [
            {name: row[name] for name in _TOLD} | {"key": str(row["key"])} for row in rows
        ]
    }


def read_notification(command: ReadNotification, context: Context) -> Result:
    if not context.uow.notifications.read(command.key, context.actor, context.uow.now):
        raise NotFound("There is no such notification.")
    return {"key": command.key}


_TOLD = ("key", "recipient", "kind", "subject", "text", "created_at", "read_at", "read_by")
