"""Prints and writes what a run of the kit found."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from engine.dmn.tck.runner import Result

# Folder of the kit -> name in the summary, in the order they are printed.
LEVELS = {
    "compliance-level-2": "level 2",
    "compliance-level-3": "level 3",
    "non-compliant": "non-compliant",
}


def summary(results: Iterable[Result]) -> dict[str, tuple[int, int]]:
    """Passed and total per level name."""
    passed: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for result in results:
        total[LEVELS[result.level]] += 1
        passed[LEVELS[result.level]] += result.passed
    return {name: (passed[name], total[name]) for name in LEVELS.values() if total[name]}


def suite_lines(results: Sequence[Result]) -> list[str]:
    """One line for each suite that does not pass whole."""
    passed: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for result in results:
        name = f"suite {result.level}/{result.suite}"
        total[name] += 1
        passed[name] += result.passed
    return [f"{name}: {passed[name]}/{total[name]}" for name in total if passed[name] < total[name]]


def write_csv(path: Path, results: Iterable[Result]) -> None:
    """One row per result, in the columns of the kit's published results plus the node."""
    with path.open("w", newline="", encoding="utf-8") as stream:
        rows = csv.writer(stream)
        rows.writerow(["suite", "file", "case", "node", "result", "problem"])
        for result in results:
            suite = f"{result.level}/{result.suite}"
            status = "SUCCESS" if result.passed else "ERROR"
            rows.writerow([suite, result.file, result.case, result.node, status, result.problem])
