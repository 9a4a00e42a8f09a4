"""`motcua new`: the copy is green from the first minute, and nothing is half-written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cli.main import main
from engine.packages import load_one

ROOT = Path(__file__).parents[3]
LIKE = "2.000815"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the shipped example, as the working directory."""
    for part in ("processes", "forms"):
        shutil.copytree(ROOT / part, tmp_path / part)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _listing(home: Path) -> set[str]:
    return {path.relative_to(home).as_posix() for path in home.rglob("*")}


def test_a_new_procedure_is_green_at_once(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "Xác nhận tình trạng độc thân"
    words = ["new", "1.004873", "--like", LIKE, "--name", name, "--date", "2027-03-01"]

    assert main(words) == 0
    folder = "processes/xac-nhan-tinh-trang-doc-than/2027-03-01"
    assert f"Đã tạo {folder}" in capsys.readouterr().out
    package = load_one(home / folder, home / "forms")
    assert (package.code, package.name(), package.facts["status"]) == ("1.004873", name, "draft")
    assert package.process_id == "xac-nhan-tinh-trang-doc-than"
    assert not any(b"chung-thuc-ban-sao" in one.content for one in package.resources)
    assert main(["lint", folder]) == 0
    assert main(["test", folder]) == 0
    assert " 0 sai" in capsys.readouterr().out


def test_without_a_name_the_code_names_the_folder(home: Path) -> None:
    assert main(["new", "1.999999", "--like", LIKE, "--date", "2027-03-01"]) == 0
    assert (home / "forms/thu-tuc-1-999999/2027-03-01/thu-phi.form").is_file()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["1.004873", "--like", "9.999999"], "2.000815"),
        (["1,004873", "--like", LIKE], "1.004873"),
        (["1.004873", "--like", LIKE, "--slug", "Độc Thân"], "no folder name"),
        (["1.004873", "--like", LIKE, "--slug", "../ngoai"], "no folder name"),
        (["1.004873", "--like", LIKE, "--slug", "chung-thuc-ban-sao"], "exists already"),
        (["1.004873", "--like", LIKE, "--date", "1/3/2027"], "2027-03-01"),
    ],
)
def test_what_is_refused_writes_nothing(
    home: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = _listing(home)

    assert main(["new", *words]) == 1
    assert said in capsys.readouterr().err
    assert _listing(home) == before
