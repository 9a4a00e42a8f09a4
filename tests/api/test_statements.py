"""SQL statements of one request over HTTP, authentication included, keep a budget."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from api import create_app
from bench.statements import per_operation
from engine.bootstrap import build_engine
from engine.commands.manage_accounts import CreateAccount
from engine.packages.seed import SEEDER
from engine.settings import Settings

MODEL = Path(__file__).resolve().parents[2] / "bench" / "bench.bpmn"
MOST = {"start": 10, "search": 3, "complete": 10}


def test_requests_keep_their_budget_of_statements(own_database_url: str) -> None:
    engine = build_engine(Settings(database_url=own_database_url))
    try:
        admin = CreateAccount(name="admin", password="admin123", roles=frozenset({"admin"}))
        engine.execute(admin, SEEDER)
        client = create_app(engine).test_client()
        resources = {"resources": (BytesIO(MODEL.read_bytes()), MODEL.name)}
        deployed = client.post("/v2/deployments", data=resources, auth=("admin", "admin123"))
        assert deployed.status_code == 200

        counted = per_operation(own_database_url, password="admin123")
    finally:
        engine.close()

    over = {name: number for name, number in counted.items() if number > MOST[name]}
    assert over == {}
    assert counted.keys() == MOST.keys()
