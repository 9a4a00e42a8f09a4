"""`motcua clock due`: dates by the law's files, without a database."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from cli.main import main

GOLDEN = ["clock", "due", "--from", "2026-11-23T09:00+07:00", "--term", "3WD"]


def printed(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main(arguments) == 0
    return capsys.readouterr().out


def test_golden_date_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(printed([*GOLDEN, "--json"], capsys))

    assert answer["due"] == "2026-11-27T17:00:00+07:00"
    assert [line["date"] for line in answer["derivation"]] == [
        f"2026-11-{day}" for day in range(23, 28)
    ]
    assert answer["derivation"][1]["source"]["vi"] == "Nghị quyết 28/2026/QH16"


@pytest.mark.parametrize(("lang", "word"), [("vi", "Thứ Ba 24/11/2026"), ("en", "Tuesday")])
def test_lines_in_the_language_asked_for(
    lang: str, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = printed([*GOLDEN, "--lang", lang], capsys).splitlines()

    assert word in shown[1]
    assert shown[-1] == "=> 2026-11-27T17:00:00+07:00"


def test_options_change_the_date(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    late = ["clock", "due", "--from", "2026-11-23T15:00+07:00", "--term", "0WD", "--json"]
    assert "2026-11-25T17:00" in printed([*late, "--cut-off", "15:00"], capsys)
    stands = tmp_path / "pauses.json"
    one = {"from": "2026-11-25T08:00+07:00", "to": "2026-11-25T09:00+07:00", "rule": "r"}
    stands.write_text(json.dumps([one]), encoding="utf-8")
    assert '"due": "2026-11-30T' in printed([*GOLDEN, "--json", "--pauses", str(stands)], capsys)


def test_a_deleted_holiday_moves_the_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "_law" / "calendar"
    shutil.copytree("processes/_law/calendar", folder)
    monkeypatch.setenv("MOTCUA_PACKAGES", str(tmp_path))
    with_day = printed(GOLDEN, capsys).splitlines()
    file = folder / "holidays.yml"
    text = file.read_text(encoding="utf-8")
    begin = text.index("  - date: 2026-11-24")
    file.write_text(text[:begin] + text[text.index("  - date", begin + 5) :], encoding="utf-8")

    without = printed(GOLDEN, capsys).splitlines()

    assert with_day[0] == without[0]
    assert with_day[-1].endswith("2026-11-27T17:00:00+07:00")
    assert without[-1].endswith("2026-11-26T17:00:00+07:00")


def test_changed_rows_can_be_tried(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "change.yml"
    file.write_text(
        "holidays:\n  - date: 2026-11-25\n    name: {vi: thử, en: trial}\n    source: draft\n",
        encoding="utf-8",
    )

    assert "2026-11-30T17:00" in printed([*GOLDEN, "--holidays", str(file)], capsys)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--term", "3x"], "3WD"),
        (["--from", "2026-11-23T09:00"], "offset"),
        (["--from", "yesterday"], "write an instant"),
        (["--cut-off", "3pm"], "15:00"),
        (["--pauses", "missing.json"], "cannot be read"),
    ],
)
def test_wrong_input_says_how_to_mend_it(
    more: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*GOLDEN, *more]) == 1
    assert words in capsys.readouterr().err
