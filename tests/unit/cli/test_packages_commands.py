"""`motcua lint` and `motcua test`: what they print and how they end."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cli.main import main

ROOT = Path(__file__).parents[3]
BPMN = Path("processes/chung-thuc-ban-sao/2025-11-01/chung-thuc-ban-sao.bpmn")
SCENARIO = Path("processes/chung-thuc-ban-sao/2025-11-01/scenarios/06-khong-nop-phi.yml")


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """A folder with the shipped packages, and nothing else."""
    for name in ("processes", "forms"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_lint_without_arguments_checks_all_and_is_quiet_about_clean_packages(clone, capsys):
    assert main(["lint"]) == 0
    assert capsys.readouterr().out == "1 gói: 0 lỗi, 0 lưu ý.\n"


def test_lint_ends_with_0_on_warnings(clone, capsys):
    shutil.rmtree(clone / SCENARIO.parent)

    assert main(["lint", "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert "WARNING [scenario-missing]" in out
    assert "1 packages: 0 errors, 1 warnings." in out


def test_lint_ends_with_1_on_an_error_and_names_file_line_and_mending(clone, capsys):
    edit(clone / BPMN, 'formId="chung-thuc-ban-sao-thu-phi"', 'formId="khac"')

    assert main(["lint", "processes/chung-thuc-ban-sao"]) == 1
    out = capsys.readouterr().out
    line = (clone / BPMN).read_text("utf-8").split('formId="khac"')[0].count("\n") + 1
    assert f"chung-thuc-ban-sao/2025-11-01/{BPMN.name}:{line}: thu-phi LỖI [form-missing]" in out
    assert "Cách sửa: Thêm tệp thu-phi.form" in out


def test_lint_lists_its_rules(capsys):
    assert main(["lint", "--rules"]) == 0
    assert "form-missing (LỖI)" in capsys.readouterr().out


def test_test_plays_all_and_shows_coverage(clone, capsys):
    assert main(["test"]) == 0
    out = capsys.readouterr().out
    assert "đã qua 27/27 phần tử, 24/24 luồng" in out
    assert "11 kịch bản đạt, 0 sai" in out


def test_test_ends_with_1_on_a_failed_scenario(clone, capsys):
    edit(clone / SCENARIO, "fee.total: 6000", "fee.total: 1")

    assert main(["test", "--lang", "en"]) == 1
    out = capsys.readouterr().out
    assert "FAILED  scenarios/06-khong-nop-phi.yml" in out
    assert "10 scenarios passed, 1 failed" in out


def test_test_tells_why_a_package_cannot_be_played(clone, capsys):
    edit(clone / BPMN, 'targetRef="ket-qua-kiem-tra"', 'targetRef="khong-co"')

    assert main(["test"]) == 1
    assert "LỖI [" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["lint", "test"])
def test_a_folder_that_is_not_there_is_said_without_a_traceback(clone, capsys, command):
    assert main([command, "khong-co"]) == 1
    assert "khong-co: there is no such folder" in capsys.readouterr().err


def test_the_settings_name_another_folder(clone, capsys, monkeypatch):
    (clone / "tinh").mkdir()
    (clone / "processes").rename(clone / "tinh" / "quy-trinh")
    (clone / "forms").rename(clone / "tinh" / "forms")
    monkeypatch.setenv("MOTCUA_PACKAGES", "tinh/quy-trinh")

    assert main(["lint"]) == 0
    assert capsys.readouterr().out.startswith("1 gói")


def test_no_database_no_server_no_unix_is_needed(clone):
    program = (
        "import sys\n"
        "for name in ('fcntl', 'pwd', 'grp', 'gunicorn', 'sqlalchemy', 'psycopg', 'flask'):\n"
        "    sys.modules[name] = None\n"
        "from cli.main import main\n"
        "sys.exit(main(['lint']) or main(['test']))\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii", "SYSTEMROOT": "", "PATH": ""},
        capture_output=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr.decode()
    assert "11 kịch bản đạt" in done.stdout.decode("utf-8")
