"""The whole application: the HTTP doors with the pages on top."""

from __future__ import annotations

from flask import Flask

from api.app import DEFAULT_THREADS
from api.app import create_app as create_doors
from engine.ports.engine import Engine
from web.register import register


def create_app(engine: Engine, *, threads: int = DEFAULT_THREADS) -> Flask:
    """APIs and pages on one engine."""
    app = create_doors(engine, threads=threads)
    register(app, engine)
    return app
