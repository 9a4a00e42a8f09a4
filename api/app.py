"""The Flask application: opens no connection and starts no thread when it is made."""

from __future__ import annotations

from flask import Flask, Response, request

from api import errors, openapi, unsupported
from api.routes import DOORS
from api.waiting import WaitingRoom
from engine.ports.engine import Engine
from engine.settings import Settings

PREFIXES = ("/v2", "/api")
DEFAULT_THREADS = 8


def create_app(
    engine: Engine, settings: Settings | None = None, *, threads: int = DEFAULT_THREADS
) -> Flask:
    """An application on this engine; half of the process's ``threads`` may wait in long polls."""
    settings = settings or engine.settings
    app = Flask("motcua", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = settings.body_limit
    app.url_map.strict_slashes = False
    app.extensions["motcua"] = {"engine": engine, "waiting": WaitingRoom(threads // 2)}
    errors.install(app)
    app.after_request(_protect)
    docs = openapi.make(app)
    for door in DOORS:
        docs.register_blueprint(door)
    openapi.serve(app, docs)
    unsupported.install(app)
    return app


def _protect(response: Response) -> Response:
    if request.path.startswith(PREFIXES):
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "no-store"
        response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
        response.headers["Referrer-Policy"] = "no-referrer"
    return response
