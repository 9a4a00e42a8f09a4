"""The OpenAPI documents of ``/v2`` and ``/api``, made from the routes' own contracts.

``python -m api.openapi`` writes them to docs/openapi, where a test compares them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response
from flask_smorest import Api  # type: ignore[import-untyped] # it has no types

from api.documents import camel
from api.validation import OPENAPI, plugin

VERSION = "0.1.0"
FOLDER = Path("docs/openapi")
TITLES: Mapping[str, str] = {"v2": "motcua engine API", "api": "motcua counter API"}
SECURITY = {
    "basic": {"type": "http", "scheme": "basic"},
    "bearer": {"type": "http", "scheme": "bearer"},
}
_PART = re.compile(r"\{([a-z_]+)\}")
_REFERENCE = "#/components/schemas/"


class Documents(Api):
    """flask-smorest's registry of routes, without its pages, error handlers and defaults."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """Ours stand already."""

    def _register_responses(self) -> None:
        """Each route names its own."""

    def _register_etag_headers(self) -> None:
        """Each route names its own."""

    def _register_pagination_header(self) -> None:
        """Pages stand in bodies."""


def make(app: Flask) -> Any:
    """The registry for this application."""
    app.config.update(API_TITLE="motcua", API_VERSION=VERSION, OPENAPI_VERSION=OPENAPI)
    return Documents(app, spec_kwargs={"marshmallow_plugin": plugin()})


def serve(app: Flask, documents: Any) -> None:
    """Answer ``/v2/openapi.json`` and ``/api/openapi.json``, without log-in."""

    @cache
    def document(door: str) -> dict[str, Any]:
        return door_document(documents.spec.to_dict(), door)

    def view(door: str) -> Response:
        return Response(dump(document(door)), content_type="application/json")

    for door in TITLES:
        rule, name = f"/{door}/openapi.json", f"openapi_{door}"
        app.add_url_rule(rule, name, view, defaults={"door": door}, methods=["GET"])
    app.extensions["motcua"]["document"] = document


def door_document(whole: Mapping[str, Any], door: str) -> dict[str, Any]:
    """The document of one door: its paths and the components they need."""
    paths = {
        _PART.sub(lambda found: "{" + camel(found[1]) + "}", path): _path(methods)
        for path, methods in sorted(whole["paths"].items())
        if path.startswith(f"/{door}/")
    }
    components = whole["components"]["schemas"]
    operations = [operation for methods in paths.values() for operation in methods.values()]
    tags = {tag for operation in operations for tag in operation["tags"]}
    return {
        "openapi": OPENAPI,
        "info": {
            "title": TITLES[door],
            "version": VERSION,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{"basic": []}, {"bearer": []}],
        "tags": [{"name": tag} for tag in sorted(tags)],
        "paths": paths,
        "components": {
            "schemas": {name: components[name] for name in sorted(_needed(paths, components))},
            "securitySchemes": SECURITY,
        },
    }


def _path(methods: Mapping[str, Any]) -> dict[str, Any]:
    # flask-smorest repeats path parameters beside the operations, where ours stand complete.
    found: dict[str, Any] = {}
    for method in sorted(set(methods) - {"parameters"}):
        operation = dict(methods[method])
        operation["parameters"] = [
            part | {"name": camel(part["name"])} if part["in"] == "path" else part
            for part in operation["parameters"]
        ]
        found[method] = operation
    return found


def _needed(part: Any, components: Mapping[str, Any]) -> set[str]:
    found: set[str] = set()
    todo = [part]
    while todo:
        for name in _references(todo.pop()):
            if name not in found:
                found.add(name)
                todo.append(components[name])
    return found


def _references(part: Any) -> set[str]:
    if isinstance(part, dict):
        target = part.get("$ref")
        own = {target.removeprefix(_REFERENCE)} if isinstance(target, str) else set()
        return own.union(*map(_references, part.values()))
    if isinstance(part, list):
        return set().union(*map(_references, part))
    return set()


def dump(document: Mapping[str, Any]) -> str:
    """The committed text."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
