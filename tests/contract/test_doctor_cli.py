"""`motcua doctor` from the command line: what it prints and how it ends."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text

from cli.main import main
from engine.settings import Settings
from engine.store import SqlStore
from tests.contract.story import Story


def test_a_healthy_database_ends_with_0(
    store: SqlStore, story: Story, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    story.start(story.deploy())

    assert main(["doctor", "--database", database_url]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert "events examined: 0 errors" in last


def test_a_changed_row_is_printed_and_ends_with_1(
    store: SqlStore, story: Story, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    task = story.start(story.deploy())
    with store.database.writing() as connection:
        statement = text("UPDATE user_task SET assignee = 'x' WHERE key = :key")
        connection.execute(statement, {"key": task.key})
        connection.commit()
    root = str(task.instance.key)

    assert main(["doctor", "--database", database_url, "--root", root, "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    errors = [one for one in told["troubles"] if one["severity"] == "error"]
    assert told["roots"] == 1
    assert errors == [
        {
            "severity": "error",
            "place": f"user_task(key={task.key})",
            "sentence": "was changed in assignee",
        }
    ]


def test_what_stands_in_the_way_is_said(
    sqlite_url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["doctor", "--database", sqlite_url]) == 1
    assert "run `motcua init` first" in capsys.readouterr().err
    monkeypatch.setenv("WEB_CONCURRENCY", "many")
    assert main(["doctor", "--database", Settings().database_url]) == 1
    assert "WEB_CONCURRENCY" in capsys.readouterr().err
