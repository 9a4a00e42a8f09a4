"""What a route does with the engine: send a command, search, get."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import current_app, g, request

from api.body import digest
from api.conditions import idempotency
from api.waiting import WaitingRoom
from engine.commands.registry import ABILITIES
from engine.domain.actors import Actor
from engine.domain.permissions import allows
from engine.errors import Fault, Forbidden, InvalidInput, NotFound
from engine.ports.engine import Done, Engine
from engine.ports.views import Noun, Page, Query

MAX_KEY = 2**63 - 1


def engine() -> Engine:
    """The engine of this application."""
    found: Engine = current_app.extensions["motcua"]["engine"]
    return found


def waiting_room() -> WaitingRoom:
    """The seats of this process."""
    found: WaitingRoom = current_app.extensions["motcua"]["waiting"]
    return found


def actor() -> Actor:
    """Who calls; set before the route runs."""
    found: Actor = g.actor
    return found


def run(command: object, *parts: bytes) -> Done:
    """Send a command; ``parts`` stand for the body where its bytes differ each time."""
    key = None
    if request.method == "POST" and "Idempotency-Key" in request.headers:
        key = idempotency(request, digest(request, *parts))
    return engine().execute(command, actor(), key)


def may_send(kind: type) -> None:
    """Refuse before anything is kept when the caller's roles do not allow the command."""
    if not allows(actor(), ABILITIES[kind].permission):
        raise Forbidden("Your roles do not allow this.", code="role-missing")


def search(noun: Noun, query: Query) -> Page:
    """A page of what the caller may see."""
    return engine().views.search(noun, actor(), query)


def get(noun: Noun, key: int, what: str) -> Mapping[str, Any]:
    """One row the caller may see; ``NotFound`` otherwise."""
    row = engine().views.get(noun, actor(), key)
    if row is None:
        raise NotFound(f"There is no such {what}.")
    return row


def key_of(text: str, name: str) -> int:
    """A key in a path."""
    if not (text.isascii() and text.isdigit() and len(text) <= 19):
        sentence = "A key is a string of up to 19 digits."
        raise InvalidInput(
            f"{name} is not a key.", [Fault(pointer=name, code="key", sentence=sentence)]
        )
    return min(int(text), MAX_KEY)
