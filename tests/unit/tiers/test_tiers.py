"""The tier runner counts what ran and says so in one closing line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.tiers.checks import run_static
from tests.tiers.needs import Missing, chromium_path, require_chromium
from tests.tiers.plan import STATIC, TIERS, chosen
from tests.tiers.result import Result, closing_line, read_junit, table
from tests.tiers.seeds import FIXED, seeds

UNIT = TIERS[1]
JUNIT = '<testsuites><testsuite tests="7" failures="1" errors="1" skipped="2"/></testsuites>'


def test_the_budgets_keep_the_whole_run_under_an_hour() -> None:
    assert sum(tier.minutes for tier in TIERS) <= 60


def test_tiers_keep_their_order_and_unknown_ones_are_refused() -> None:
    assert [tier.name for tier in chosen(["browser", "unit"], [])] == ["unit", "browser"]
    assert STATIC not in chosen([], ["static"])
    with pytest.raises(ValueError, match="no tier is called 'unti'"):
        chosen(["unti"], [])


def test_counts_come_from_the_report(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(JUNIT)

    result = read_junit(UNIT, report, 1, 2.5)

    assert (result.passed, result.failed, result.skipped, result.note) == (3, 2, 2, "")


@pytest.mark.parametrize(
    ("code", "failed", "note"), [(5, 0, "no tests yet"), (124, 1, "pytest ended with 124")]
)
def test_a_run_without_a_report(tmp_path: Path, code: int, failed: int, note: str) -> None:
    result = read_junit(UNIT, tmp_path / "none.xml", code, 1.0)

    assert (result.failed, result.note) == (failed, note)


def test_a_tier_over_its_budget_is_warned_about() -> None:
    late = Result(tier=UNIT, passed=3, seconds=UNIT.minutes * 60 + 1)
    timely = Result(tier=STATIC, passed=2, failed=1, seconds=1)

    assert [line.endswith("WARNING: over its budget") for line in table([late, timely])] == [
        False,
        True,
        False,
    ]
    assert closing_line([late, timely]) == "5 passed, 1 failed"
    skipping = Result(tier=UNIT, skipped=4)
    assert closing_line([late, skipping]) == "3 passed, 0 failed, 4 skipped"


def test_every_static_check_runs_even_after_a_failure(capsys: pytest.CaptureFixture[str]) -> None:
    checks = (
        ("bad", (sys.executable, "-c", "print('the reason'); raise SystemExit(1)")),
        ("good", (sys.executable, "-c", "")),
    )

    result = run_static(checks)

    assert (result.passed, result.failed) == (1, 1)
    assert "the reason" in capsys.readouterr().out


def test_seeds_are_one_fixed_and_one_of_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MOTCUA_SEEDS", raising=False)
    assert seeds()[0] == FIXED
    assert len(seeds()) == 2

    monkeypatch.setenv("MOTCUA_SEEDS", "7,8")
    assert seeds() == (7, 8)


def test_chromium_is_found_by_name_or_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = tmp_path / "chromium"
    browser.write_text("#!/bin/sh\n")
    browser.chmod(0o755)
    monkeypatch.delenv("MOTCUA_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert chromium_path() == str(browser)

    # Without apt-get on the PATH even root is told the one command to run.
    browser.unlink()
    with pytest.raises(Missing, match="apt-get install -y chromium"):
        require_chromium()


def test_a_seeded_test_runs_once_per_seed(seed: int) -> None:
    assert seed in seeds()
