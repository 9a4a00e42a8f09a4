"""The operator's commands, on a real database file."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.main import main
from engine.bootstrap import build_engine, migrate
from engine.settings import Settings
from engine.testing import EngineDriver
from tests.contract.engine.models import end, process, start

GATE = process(
    "gate",
    [start(), '<bpmn:exclusiveGateway id="which"/>', end("a"), end("b")],
    ["start which", "which a =fee &gt; 1000", "which b =fee &lt; 1001"],
)


@pytest.fixture
def stuck(tmp_path: Path) -> tuple[str, int]:
    url = f"sqlite:///{tmp_path / 'motcua.sqlite3'}"
    migrate(Settings(database_url=url))
    engine = build_engine(Settings(database_url=url))
    driver = EngineDriver(engine)
    driver.deploy(GATE)
    key = driver.start("gate").key
    engine.close()
    return url, key


def test_what_is_stuck_is_listed_explained_and_retried(
    stuck: tuple[str, int], capsys: pytest.CaptureFixture[str]
) -> None:
    url, key = stuck
    database = ["--database", url]
    assert main(["incidents", "list", *database]) == 1
    incident = capsys.readouterr().out.split()[0]

    assert main(["incidents", "explain", incident, "--lang", "en", *database]) == 0
    told = capsys.readouterr().out
    assert "fee (not set)" in told
    assert f"motcua instance set {key} 'fee=…'" in told
    assert main(["incidents", "retry", "--key", incident, *database]) == 1
    assert "failed-again" in capsys.readouterr().out

    assert main(["instance", "set", str(key), "fee=2000", *database]) == 0
    assert main(["incidents", "retry", "--instance", str(key), *database]) == 0
    assert "1 retried, 0 still stuck" in capsys.readouterr().out
    assert main(["incidents", "list", *database]) == 0


def test_retrying_wants_to_know_which(
    stuck: tuple[str, int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["incidents", "retry", "--database", stuck[0]]) == 1
    assert "--all" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["fee"], ["=1"], ["fee=tám"], []])
def test_values_are_json(
    stuck: tuple[str, int], words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    url, key = stuck

    assert main(["instance", "set", str(key), *words, "--database", url]) == 1
    assert "motcua instance:" in capsys.readouterr().err


def test_an_instance_is_suspended_and_resumed(
    stuck: tuple[str, int], capsys: pytest.CaptureFixture[str]
) -> None:
    url, key = stuck
    assert main(["instance", "suspend", str(key), "--reason", "đợi", "--database", url]) == 0
    assert main(["instance", "suspend", str(key), "--database", url]) == 1
    assert "suspended" in capsys.readouterr().err
    assert main(["instance", "resume", str(key), "--database", url]) == 0


def test_a_modification_is_previewed_and_done(
    stuck: tuple[str, int], capsys: pytest.CaptureFixture[str]
) -> None:
    url, key = stuck
    words = ["modify", str(key), "--move", "which:b", "--lang", "en", "--database", url]

    assert main([*words, "--preview"]) == 0
    told = capsys.readouterr().out
    assert "The incident at 'which' is closed." in told
    assert f"The instance {key} completes." in told
    assert main(words) == 0
    assert main(["incidents", "list", "--database", url]) == 0
    assert main(["modify", str(key), "--move", "which", "--database", url]) == 1
    assert "FROM:TO" in capsys.readouterr().err


def test_a_version_is_left_for_the_next(
    stuck: tuple[str, int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url, key = stuck
    engine = build_engine(Settings(database_url=url))
    name, content = GATE
    EngineDriver(engine).deploy((name, content.replace(b'"which"', b'"choose"')))
    engine.close()
    words = ["migrate", "--from", "gate:1", "--to", "gate:2", "--lang", "en", "--database", url]

    assert main([*words, "--preview"]) == 1
    assert "which: element-not-mapped" in capsys.readouterr().out
    plan = tmp_path / "plan.json"
    plan.write_text('{"which": "choose"}', encoding="utf-8")
    assert main([*words, "--plan", str(plan), "--preview"]) == 0
    assert "'which' becomes 'choose'." in capsys.readouterr().out
    assert main([*words, "--plan", str(plan)]) == 0
    assert f"{key}  ok" in capsys.readouterr().out
    assert main([*words, "--plan", str(plan)]) == 0
    assert "0 migrated, 0 refused" in capsys.readouterr().out
    plan.write_text('["which"]', encoding="utf-8")
    assert main([*words, "--plan", str(plan)]) == 1
    assert main(["migrate", "--from", "gate:9", "--to", "gate:2", "--database", url]) == 1
