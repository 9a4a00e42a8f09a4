"""The DMN test kit: never fewer passing results than ``dmn_tck_ratchet.txt`` says.

The kit is no part of this repository. Without it nothing can be measured: the
test is skipped at a desk and an error on a build server (``CI=true``).
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.dmn.tck.__main__ import kit_folder, main
from engine.dmn.tck.report import LEVELS

RATCHET = Path(__file__).with_name("dmn_tck_ratchet.txt")
NOT_RUN = "not run, get it from github dmn-tck/tck"


def counts(lines: list[str]) -> dict[str, list[int]]:
    """Passed, and total where it is told, per level."""
    found = {}
    for line in lines:
        name, colon, figures = line.rpartition(": ")
        if colon and name in LEVELS.values():
            found[name] = [int(figure) for figure in figures.split("/")]
    return found


@pytest.fixture(scope="module")
def reached(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[int]]:
    if not kit_folder(None).is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{NOT_RUN}: a build server must run it (DMN_TCK_DIR)")
        pytest.skip(NOT_RUN)
    lines: list[str] = []
    report = tmp_path_factory.mktemp("tck") / "results.csv"
    assert main(["--csv", str(report)], say=lines.append) == 0
    assert report.is_file()
    return counts(lines)


@pytest.mark.parametrize(
    ("level", "total"), [("level 2", 126), ("level 3", 3369), ("non-compliant", 50)]
)
def test_no_result_that_passed_fails(reached, level, total):
    (agreed,) = counts(RATCHET.read_text(encoding="utf-8").splitlines())[level]
    passed, counted = reached[level]

    assert counted == total, "the kit is another version than the ratchet was taken with"
    assert passed >= agreed, f"run `python -m engine.dmn.tck --failures` and mend {level}"
