"""`motcua webhooks` from the command line."""

from __future__ import annotations

import pytest

from cli.main import main
from engine.dispatch import CommandEngine
from engine.testing import EngineDriver
from tests.contract.engine import hooks
from tests.contract.engine.models import end, process, start

EMPTY = process("empty", [start(), end()], ["start end"])


@pytest.fixture
def engine(engine: CommandEngine, monkeypatch: pytest.MonkeyPatch) -> CommandEngine:
    monkeypatch.setenv("MOTCUA_OUTGOING_SCHEMES", "https")
    return engine


def test_list_dead_and_replay(
    engine: CommandEngine,
    driver: EngineDriver,
    database_url: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    key, secret = hooks.subscribe(engine, "https://hooks.example/", processes=("empty",))
    driver.deploy(EMPTY)
    driver.start("empty")
    while engine.relay():
        continue

    assert main(["webhooks", "list", "--database", database_url]) == 0
    listed = capsys.readouterr().out
    assert str(key) in listed
    assert "ACTIVE" in listed
    assert "https://hooks.example/" in listed
    assert secret not in listed
    assert main(["webhooks", "dead", "--database", database_url, str(key)]) == 0
    assert "0 dead letters" in capsys.readouterr().out
    assert main(["webhooks", "replay", "--database", database_url, str(key), "--dead"]) == 0
    assert "0 dead letters" in capsys.readouterr().out
    since = ["--since", "2026-01-01T00:00:00+07:00"]
    assert main(["webhooks", "replay", "--database", database_url, str(key), *since]) == 0
    assert "events are looked at" in capsys.readouterr().out
    assert main(["webhooks", "replay", "--database", database_url, str(key), "--since", "x"]) == 1
    assert "offset" in capsys.readouterr().err
    assert main(["webhooks", "replay", "--database", database_url, "1", "--dead"]) == 1
