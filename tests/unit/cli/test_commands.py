"""Each command says what it did, or what is missing and what to do next."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from cli.main import COMMANDS, main
from engine.bootstrap import build_engine, migrate
from engine.settings import Settings
from engine.testing import EngineDriver
from tests.contract.engine.models import end, process, start, user_task

NAME, SOURCE = process("waits", [start(), user_task("check"), end()], ["start check", "check end"])


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'motcua.sqlite3'}"


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2

    shown = capsys.readouterr().out
    assert all(name in shown for name in COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_its_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])

    assert ended.value.code == 0
    assert f"motcua {name}" in capsys.readouterr().out


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.vn"])
def test_demo_refuses_every_address_but_loopback(
    host: str, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", "--demo", "--host", host, "--database", url]) == 1
    assert "loopback only" in capsys.readouterr().err


def test_sqlite_refuses_a_second_process(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--workers", "2", "--database", url]) == 1
    assert main(["worker", "--database", url]) == 1
    assert capsys.readouterr().err.count("exactly one process") == 2


def test_init_makes_one_administrator(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", "--database", url]) == 0
    assert "motcua init --admin NAME" in capsys.readouterr().out

    words = ["init", "--database", url, "--admin", "quản-trị", "--password-stdin"]
    monkeypatch.setattr("sys.stdin", io.StringIO("mot-mat-khau-dai\n"))
    assert main(words) == 0
    engine = build_engine(Settings(database_url=url))
    assert engine.authenticate_basic("quản-trị", "mot-mat-khau-dai").has("admin")
    engine.close()

    monkeypatch.setattr("sys.stdin", io.StringIO("anderes-passwort\n"))
    assert main(words) == 1
    assert "administrator already" in capsys.readouterr().err


def test_short_password_is_refused(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("kurz\n"))

    assert main(["init", "--database", url, "--admin", "a", "--password-stdin"]) == 1
    assert "at least 8 characters" in capsys.readouterr().err


def test_deploy_names_the_place_of_a_fault(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / NAME, tmp_path / "bad.bpmn"
    good.write_bytes(SOURCE)
    bad.write_bytes(SOURCE.replace(b'targetRef="end"', b'targetRef="nowhere"'))

    assert main(["deploy", "--database", url, str(good)]) == 0
    assert main(["deploy", "--database", url, str(good), str(bad)]) == 1
    assert "bad.bpmn:1" in capsys.readouterr().out
    assert main(["deploy", "--database", url, str(tmp_path / "no.bpmn")]) == 1
    assert "no such file" in capsys.readouterr().err


def test_inspect_shows_names_but_never_values(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    migrate(Settings(database_url=url))
    engine = build_engine(Settings(database_url=url))
    driver = EngineDriver(engine)
    driver.deploy((NAME, SOURCE))
    key = driver.start("waits", applicant="Hồ Thị Hạnh").key
    engine.close()

    assert main(["inspect", str(key), "--database", url]) == 0
    shown = capsys.readouterr().out
    assert "check" in shown
    assert "applicant" in shown
    assert "Hạnh" not in shown
    assert main(["inspect", "1", "--database", url]) == 1
