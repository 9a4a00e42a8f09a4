"""A real server on loopback with a real database, and clients of several roles."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from werkzeug.serving import make_server

from api import create_app
from engine.bootstrap import build_engine
from engine.commands.manage_accounts import CreateAccount, IssueToken
from engine.domain.actors import Actor
from engine.ports.engine import Engine
from engine.settings import Settings

MODELS = Path(__file__).parent / "models"
PASSWORD = "correct horse"
# Name -> roles, groups, unit: who is who in these tests.
PEOPLE: dict[str, tuple[set[str], tuple[str, ...], str]] = {
    "admin": ({"admin"}, (), ""),
    "integrator": ({"integrator"}, (), ""),
    "lan": ({"clerk"}, ("specialist@48",), "48/"),
    "minh": ({"clerk"}, ("specialist@48",), "48/"),
    "stranger": ({"clerk"}, ("specialist@01",), "01/"),
}
BODY_LIMIT = 300_000


@dataclass(frozen=True)
class Server:
    """Where it listens, and the engine behind it for what no route shows."""

    url: str
    engine: Engine

    def client(self, name: str) -> httpx.Client:
        """A client that logs in by Basic."""
        return httpx.Client(base_url=self.url, auth=(name, PASSWORD), timeout=30)


def populate(engine: Engine) -> None:
    """Create the people."""
    setup = Actor(name="setup", roles=frozenset({"admin"}))
    for name, (roles, groups, unit) in PEOPLE.items():
        command = CreateAccount(
            name=name, password=PASSWORD, roles=frozenset(roles), groups=groups, unit_id=unit
        )
        engine.execute(command, setup)


@pytest.fixture(scope="module")
def server(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server per test module and database."""
    blobs = tmp_path_factory.mktemp("blobs")
    settings = Settings(
        database_url=database_url, test=True, body_limit=BODY_LIMIT, blobs_dir=blobs
    )
    engine = build_engine(settings)
    populate(engine)
    app = create_app(engine)
    listening = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    yield Server(url=f"http://127.0.0.1:{listening.server_port}", engine=engine)
    listening.shutdown()
    thread.join(timeout=10)
    listening.server_close()
    engine.close()


@pytest.fixture
def admin(server: Server) -> Iterator[httpx.Client]:
    """May do everything."""
    with server.client("admin") as client:
        yield client


@pytest.fixture
def lan(server: Server) -> Iterator[httpx.Client]:
    """A clerk who may take tasks of specialist@48."""
    with server.client("lan") as client:
        yield client


@pytest.fixture
def stranger(server: Server) -> Iterator[httpx.Client]:
    """A clerk of another province's unit, in no group that matters here."""
    with server.client("stranger") as client:
        yield client


@pytest.fixture
def token(server: Server) -> str:
    """A worker's token of the integrator for jobs of type stamp only."""
    setup = Actor(name="setup", roles=frozenset({"admin"}))
    label = f"worker-{threading.get_native_id()}-{id(object())}"
    command = IssueToken(name="integrator", label=label, job_types=("stamp",))
    return str(server.engine.execute(command, setup).result["token"])


def deploy(client: httpx.Client, *names: str) -> dict[str, Any]:
    """Deploy models of this folder."""
    files = [("resources", (name, (MODELS / name).read_bytes(), "text/xml")) for name in names]
    answer = client.post("/v2/deployments", files=files)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def start(client: httpx.Client, process_id: str, **members: Any) -> str:
    """Start an instance; its key."""
    body = {"processDefinitionId": process_id, **members}
    answer = client.post("/v2/process-instances", json=body)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["processInstanceKey"])


def open_task(client: httpx.Client, instance_key: str) -> dict[str, Any]:
    """The one open task of an instance."""
    wanted = {"processInstanceKey": instance_key, "state": "CREATED"}
    answer = client.post("/v2/user-tasks/search", json={"filter": wanted})
    assert answer.status_code == 200, answer.text
    (task,) = answer.json()["items"]
    found: dict[str, Any] = task
    return found
