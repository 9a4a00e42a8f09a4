"""SQL statements per request, counted inside one process with the same engine and routes.

``BEGIN`` and ``COMMIT`` are not counted: every command has one of each.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from api import create_app
from engine.bootstrap import build_engine
from engine.settings import Settings

START = {"processDefinitionId": "bench", "variables": {"applicant": "Ánh", "copies": 3}}
OPEN = {"filter": {"state": "CREATED"}, "page": {"limit": 20}}
_NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")


@dataclass(slots=True)
class Count:
    """Statements seen so far."""

    statements: int = 0


def per_operation(url: str, password: str = "admin") -> dict[str, int]:
    """Statements of one start, search and completion, each measured the second time it runs.

    The model is deployed and the account ``admin`` exists already.
    """
    engine = build_engine(Settings(database_url=url))
    try:
        client = create_app(engine).test_client()
        client.environ_base["HTTP_AUTHORIZATION"] = f"Basic {_pair(password)}"
        for _ in range(2):
            # The first round fills caches: definitions, credentials, a block of keys.
            counted = _round(client)
        return counted
    finally:
        engine.close()


def _round(client: FlaskClient) -> dict[str, int]:
    counted = {}
    with counting() as count:
        _post(client, "/v2/process-instances", START)
        counted["start"] = count.statements
    with counting() as count:
        tasks = _post(client, "/v2/user-tasks/search", OPEN)
        counted["search"] = count.statements
    key = tasks["items"][0]["userTaskKey"]
    with counting() as count:
        _post(client, f"/v2/user-tasks/{key}/completion", {"variables": {"approved": True}})
        counted["complete"] = count.statements
    return counted


@contextmanager
def counting() -> Iterator[Count]:
    """Count what any engine of this process executes."""
    count = Count()

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.lstrip().upper().startswith(_NOT_COUNTED):
            count.statements += 1

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield count
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def _pair(password: str) -> str:
    return base64.b64encode(f"admin:{password}".encode()).decode()


def _post(client: FlaskClient, path: str, body: dict[str, Any]) -> Any:
    answer = client.post(path, json=body)
    if answer.status_code // 100 != 2:
        raise RuntimeError(f"{path}: {answer.status_code} {answer.get_data(as_text=True)[:500]}")
    return answer.get_json(silent=True)
