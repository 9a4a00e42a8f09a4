"""`motcua where` and `motcua load` as a person calls them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.main import main

Output = pytest.CaptureFixture[str]


@pytest.fixture
def facts(tmp_path: Path) -> str:
    file = tmp_path / "facts.json"
    file.write_text('{"residence": "20950"}', encoding="utf-8")
    return str(file)


def where(capsys: Output, *words: str) -> tuple[int, dict[str, object]]:
    code = main(["where", *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_competent_agency_without_a_database(capsys: Output, facts: str) -> None:
    code, found = where(capsys, "--procedure", "1.004873", "--at", "20242", "--facts", facts)

    assert code == 0
    assert found["accepted"] is True
    assert found["competent_agency"] == {
        "id": "ubnd-20950",
        "name": "UBND xã Trà Linh",
        "unit_code": "20950",
        "unit_path": "48/20950/",
    }
    assert found["explanation"]


def test_refusal_is_an_answer_with_code_and_hint(capsys: Output, facts: str) -> None:
    code, found = where(capsys, "--procedure", "1.013949", "--at", "20242", "--facts", facts)

    assert code == 0
    assert set(found) == {"accepted", "code", "hint"}
    assert (found["accepted"], found["code"]) == (False, "excluded-land")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--procedure", "1.004873", "--at", "20242"], "fact-missing"),
        (["--procedure", "1.999999", "--at", "20242"], "procedure-unknown"),
        (["--procedure", "1.004873", "--at", "99999"], "reception-point-unknown"),
        (["--procedure", "1.004873"], "at-missing"),
        (["--procedure", "1.004873", "--at", "20242", "--facts", "nowhere.json"], "no-such-file"),
        (["--procedure", "1.004873", "--at", "20242", "--on", "yesterday"], "bad-date"),
    ],
)
def test_question_that_cannot_be_answered(capsys: Output, words: list[str], code: str) -> None:
    exit_code, found = where(capsys, *words)

    assert exit_code == 1
    assert (found["accepted"], found["code"]) == (False, code)


def test_describe_lists_the_facts(capsys: Output) -> None:
    assert main(["where", "--procedure", "1.004873", "--describe"]) == 0

    assert "residence: commune, nơi thường trú" in capsys.readouterr().out


def test_people_read_who_decides_and_why(capsys: Output) -> None:
    assert main(["where", "--procedure", "2.000815", "--at", "20242", "--lang", "en"]) == 0

    out = capsys.readouterr().out
    assert out.startswith("UBND phường Hải Châu  (ubnd-20242, 20242)\n")
    assert "because the commune that receives also decides" in out


def test_load_twice_changes_nothing(capsys: Output, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'law.sqlite3'}"

    assert main(["load", "--database", url]) == 0
    assert "procedure: 1160 added" in capsys.readouterr().out
    assert main(["load", "--database", url]) == 0
    assert capsys.readouterr().out.endswith("\n0 changes\n")
