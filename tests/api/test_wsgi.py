"""``gunicorn wsgi:app`` from a clone serves, with nothing but settings in the environment."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def served(own_database_url: str) -> Iterator[str]:
    """The address of a gunicorn on a migrated database."""
    url = f"http://127.0.0.1:{_free_port()}"
    command = [sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", url.removeprefix("http://")]
    command += ["--threads", "4", "--log-level", "warning"]
    environment = os.environ | {"MOTCUA_DATABASE_URL": own_database_url}
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        yield url
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def _answer(url: str) -> httpx.Response:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return httpx.get(url, timeout=5)
        except httpx.TransportError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def test_it_serves(served: str) -> None:
    assert _answer(f"{served}/api/health").json() == {"status": "ok"}
    assert httpx.get(f"{served}/v2/openapi.json").json()["openapi"] == "3.1.0"
    assert httpx.get(f"{served}/v2/topology").status_code == 401
    page = httpx.get(f"{served}/", follow_redirects=True)
    assert page.headers["Content-Type"].startswith("text/html")
