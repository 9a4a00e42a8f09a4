"""A blueprint whose routes are written with their contract: body, answers, permission.

The same declaration checks the request, makes the OpenAPI document, and tells
the tests which command or search stands behind a route.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from flask import Response, g, request
from flask_smorest import Blueprint  # type: ignore[import-untyped] # it has no types
from marshmallow import Schema

from api.body import read_json
from api.calls import engine
from api.conditions import require_readable_key
from api.documents import document
from api.identity import authenticate
from api.schemas.search import SchemaClass
from api.validation import require_valid, without_nulls
from engine.commands.registry import ABILITIES
from engine.ports.views import Noun

View = Callable[..., Response]
# A schema (an instance for a bare list), a media type, or nothing.
Contents = SchemaClass | Schema | str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """The contract of one route. ``permission`` ``public`` needs no log-in."""

    method: str
    rule: str
    permission: str
    answers: Mapping[int, Contents]
    fails: tuple[int, ...] = ()
    body: SchemaClass | None = None
    optional: bool = False
    multipart: Mapping[str, Any] | None = None
    binary: str | None = None
    query: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    sends: type | None = None
    reads: Noun | None = None
    if_match: bool = False
    extension: bool = False


class Door(Blueprint):
    """flask-smorest's blueprint with one decorator for all that a route promises."""

    def __init__(self, name: str, import_name: str, **more: Any) -> None:
        super().__init__(name, import_name, **more)
        self.operations: list[Operation] = []

    def operation(
        self,
        method: str,
        rule: str,
        *,
        answers: Mapping[int, Contents],
        sends: type | None = None,
        reads: Noun | None = None,
        public: bool = False,
        **more: Any,
    ) -> Callable[[View], View]:
        """Register a view: it gets the checked body as ``body`` and path parts by name."""
        permission = "public" if public else _permission(sends)
        operation = Operation(
            method=method,
            rule=rule,
            permission=permission,
            answers=answers,
            sends=sends,
            reads=reads,
            **more,
        )

        def decorate(view: View) -> View:
            guarded = _guarded(view, operation)
            described: View = self.doc(**document(operation, view))(guarded)
            self.operations.append(operation)
            self.add_url_rule(rule, view.__name__, described, methods=[method])
            return view

        return decorate


def _permission(sends: type | None) -> str:
    return ABILITIES[sends].permission if sends else "anybody"


def _guarded(view: View, operation: Operation) -> View:
    @wraps(view)
    def call(**parts: str) -> Response:
        if operation.permission != "public":
            g.actor = authenticate(request, engine())
        require_readable_key(request)
        if operation.body is None:
            return view(**parts)
        body = read_json(request, optional=operation.optional)
        require_valid(operation.body, body)
        return view(body=without_nulls(operation.body, body), **parts)

    return call
