"""The legal diff: one edit, one sentence."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from cli.main import main
from engine.packages import load_one
from engine.packages.changes import Change, compare
from engine.packages.changes.law import term_said

ROOT = Path(__file__).parents[3]
SLUG, OLD, NEW = "chung-thuc-ban-sao", "2025-11-01", "2027-03-01"


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """The shipped procedure twice, the later one to be edited."""
    for part in ("processes", "forms"):
        for date in (OLD, NEW):
            shutil.copytree(ROOT / part / SLUG / OLD, tmp_path / part / SLUG / date)
    return tmp_path


def _edit(root: Path, name: str, old: str, new: str) -> list[Change]:
    part = "forms" if name.endswith(".form") else "processes"
    path = root / part / SLUG / NEW / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    versions = (load_one(root / "processes" / SLUG / date, root / "forms") for date in (OLD, NEW))
    return list(compare(*versions))


@pytest.mark.parametrize(
    ("name", "old", "new", "part", "vi", "en"),
    [
        ("procedure.yml", "term: 2WD", "term: 1WD", "law", "2 ngày làm việc", "→ 1 working day ("),
        ("procedure.yml", "time: 15:00", "time: 16:00", "law", "16:00, sau đó", "16:00, after it"),
        ("procedure.yml", "amount: 1000", "amount: 1500", "fee", "1.500 đ mỗi trang", "1,500 VND"),
        ("procedure.yml", "required: true", "required: false", "documents", "nếu có", "if there"),
        ("procedure.yml", "scope: national", "scope: province", "jurisdiction", "province", "→"),
        ("procedure.yml", "[submit, pay, collect]", "[submit]", "people", "→ submit.", "→ submit."),
        ("procedure.yml", "van-thu: records", "van-thu: signer", "people", "signer", "signer"),
        (
            f"{SLUG}.bpmn",
            "now(), &#34;4h",
            "now(), &#34;5h",
            "diagram",
            "taskSchedule@dueDate",
            "5h",
        ),
        (f"{SLUG}.bpmn", 'name="Ký chứng thực"', 'name="Ký"', "diagram", "nay là", "is now"),
        (f"{SLUG}.dmn", "<text>1000<", "<text>1500<", "decision", "#2:", "| 1500 |"),
        (
            "thu-phi.form",
            '"required": true',
            '"required": false',
            "form",
            "validate.required: có → không",
            "validate.required: yes → no",
        ),
    ],
)
def test_one_edit_is_told_once(
    two: Path, name: str, old: str, new: str, part: str, vi: str, en: str
) -> None:
    (change,) = _edit(two, name, old, new)

    assert change.part == part
    assert vi in change.vi
    assert en in change.en


def test_moving_a_shape_changes_nothing(two: Path) -> None:
    assert _edit(two, f"{SLUG}.bpmn", "<dc:Bounds x=", "<dc:Bounds  x=") == []


def test_a_step_that_is_gone(two: Path) -> None:
    changes = _edit(two, f"{SLUG}.bpmn", 'id="ky-chung-thuc"', 'id="ky-so"')

    told = {change.where: change.vi for change in changes}
    assert told["ky-chung-thuc"].endswith("bỏ.")
    assert told["ky-so"].endswith("thêm.")


@pytest.mark.parametrize(
    ("term", "vi"),
    [
        ("0WD", "trong ngày"),
        ("10WD", "10 ngày làm việc"),
        ("0.5WD", "0.5 ngày làm việc"),
        ("4h", "4 giờ làm việc"),
        ("15D", "15 ngày"),
    ],
)
def test_terms_as_people_say_them(term: str, vi: str) -> None:
    assert term_said(term)[0] == vi


def test_the_command_compares_the_last_two_versions(
    two: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _edit(two, "procedure.yml", "term: 2WD", "term: 1WD")

    assert main(["diff", str(two / "processes" / SLUG)]) == 0
    text = capsys.readouterr().out
    assert main(["diff", str(two / "processes" / SLUG), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)

    assert "từ 01/03/2027 thay phiên bản 01/11/2025" in text
    assert "1 thay đổi." in text
    assert [change["part"] for change in told] == ["law"]


def test_one_version_is_refused_with_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(ROOT / "processes" / SLUG / OLD)]) == 1
    assert "Name two versions" in capsys.readouterr().err


def test_a_version_that_cannot_be_read(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (two / "processes" / SLUG / NEW / "procedure.yml").write_text("code: [", "utf-8")

    assert main(["diff", str(two / "processes" / SLUG)]) == 1
    assert "procedure.yml" in capsys.readouterr().out
