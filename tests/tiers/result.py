"""What a tier came to, read from the JUnit file that pytest wrote."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.tiers.plan import Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Counts and seconds of one tier; ``note`` says what a reader should know."""

    tier: Tier
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    note: str = ""

    @property
    def late(self) -> bool:
        """Whether the tier took longer than its budget."""
        return self.seconds > self.tier.minutes * 60


def read_junit(tier: Tier, report: Path, exit_code: int, seconds: float) -> Result:
    """The counts in ``report``; a run that failed without a failing test counts as one."""
    passed = failed = skipped = 0
    if report.exists():
        for suite in ElementTree.parse(report).getroot().iter("testsuite"):
            failures = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            left_out = int(suite.get("skipped", 0))
            failed += failures
            skipped += left_out
            passed += max(0, int(suite.get("tests", 0)) - failures - left_out)
    note = ""
    if exit_code == 5 and not failed:
        note = "no tests yet"
    elif exit_code and not failed:
        failed, note = 1, f"pytest ended with {exit_code}"
    return Result(
        tier=tier, passed=passed, failed=failed, skipped=skipped, seconds=seconds, note=note
    )


def table(results: Iterable[Result]) -> list[str]:
    """One line per tier: seconds, budget, counts and what to know about it."""
    lines = [
        f"{'tier':<12} {'seconds':>8} {'budget':>7} {'passed':>7} {'failed':>7} {'skipped':>8}"
    ]
    for result in results:
        note = result.note
        if result.late:
            note = f"{note} WARNING: over its budget".strip()
        lines.append(
            f"{result.tier.name:<12} {result.seconds:>8.1f} {result.tier.minutes * 60:>7}"
            f" {result.passed:>7} {result.failed:>7} {result.skipped:>8}  {note}".rstrip()
        )
    return lines


def closing_line(results: Iterable[Result]) -> str:
    """The last line of the whole run, in the form build servers count."""
    counted = list(results)
    line = f"{sum(r.passed for r in counted)} passed, {sum(r.failed for r in counted)} failed"
    skipped = sum(r.skipped for r in counted)
    return f"{line}, {skipped} skipped" if skipped else line
