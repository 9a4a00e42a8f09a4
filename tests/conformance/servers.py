"""A real HTTP server on loopback with a database of its own, and a client of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from werkzeug.serving import make_server

from api import create_app
from engine.bootstrap import build_engine
from engine.commands.manage_accounts import CreateAccount, IssueToken
from engine.domain.actors import Actor
from engine.settings import Settings

SETUP = Actor(name="setup", roles=frozenset({"admin"}))


@contextmanager
def serving(database_url: str) -> Iterator[httpx.Client]:
    """A client that may do everything; the server ends with the block."""
    engine = build_engine(Settings(database_url=database_url, test=True, step_budget=20_000))
    account = CreateAccount(name="admin", password="correct horse", roles=frozenset({"admin"}))
    engine.execute(account, SETUP)
    token = engine.execute(IssueToken(name="admin", label="conformance"), SETUP).result["token"]
    server = make_server("127.0.0.1", 0, create_app(engine), threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    headers = {"Authorization": f"Bearer {token}"}
    url = f"http://127.0.0.1:{server.server_port}"
    try:
        with httpx.Client(base_url=url, timeout=60, headers=headers) as client:
            yield client
    finally:
        server.shutdown()
        thread.join(timeout=10)
        server.server_close()
        engine.close()
