"""What pages behind the sign-in share: who acts, where to go first, and dates in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from urllib.parse import quote
from zoneinfo import ZoneInfo

from flask import Response, request

from engine.domain.actors import Actor
from web.render import see_other
from web.visitor import current

P = ParamSpec("P")
Self = TypeVar("Self")


def signed_in(
    view: Callable[Concatenate[Self, P], Response],
) -> Callable[Concatenate[Self, P], Response]:
    """Who is not signed in is asked to, and comes back to this page."""

    @wraps(view)
    def guarded(self: Self, /, *args: P.args, **kwargs: P.kwargs) -> Response:
        if current().session is None:
            back = request.full_path.rstrip("?") if request.method == "GET" else request.path
            return see_other(f"/sign-in?notice=first&next={quote(back, safe='/')}")
        return view(self, *args, **kwargs)

    return guarded


def acting() -> Actor:
    """The signed-in account."""
    session = current().session
    if session is None:
        raise RuntimeError("acting() needs a signed-in page")
    return session.actor


def moment(value: object, zone: ZoneInfo) -> str:
    """An instant as people here write it: 17:00 23/11/2026."""
    return value.astimezone(zone).strftime("%H:%M %d/%m/%Y") if isinstance(value, datetime) else ""


def urgency(due: object, now: datetime, soon_hours: int = 48) -> str:
    """``overdue``, ``soon``, ``later``, or nothing when there is no deadline."""
    if not isinstance(due, datetime):
        return ""
    if due < now:
        return "overdue"
    return "soon" if (due - now).total_seconds() < soon_hours * 3600 else "later"


def machine_now() -> datetime:
    """The machine's clock; marks on pages do not follow a pinned business clock."""
    return datetime.now(UTC)
