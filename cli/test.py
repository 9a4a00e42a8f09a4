"""`motcua test [PATH]`: play the scenarios of procedure packages; no database, no server.

Exit code 1 when a scenario goes otherwise than told, or a package cannot be played.
"""

from __future__ import annotations

import argparse
import time
from typing import Any

from cli.lint import add_package_arguments, print_finding, selected, utf8
from engine.packages import Report, run_scenarios
from engine.packages.driver import NotPlayable
from engine.runtime import SpiffRuntime

_WORDS = {
    "vi": {
        "ok": "đạt",
        "no": "SAI",
        "step": "bước {step}, dòng {line}",
        "line": "dòng {line}",
        "none": "chưa có kịch bản nào",
        "cover": "đã qua {elements}/{all_elements} phần tử, {flows}/{all_flows} luồng",
        "missed": "chưa qua",
        "sum": "{passed} kịch bản đạt, {failed} sai, {seconds:.1f} giây.",
    },
    "en": {
        "ok": "ok",
        "no": "FAILED",
        "step": "step {step}, line {line}",
        "line": "line {line}",
        "none": "no scenario yet",
        "cover": "covered {elements}/{all_elements} elements, {flows}/{all_flows} flows",
        "missed": "missed",
        "sum": "{passed} scenarios passed, {failed} failed, {seconds:.1f} seconds.",
    },
}


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser(
        "test", help="Run the scenarios of procedure packages; needs no database"
    )
    add_package_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """0 when every scenario goes as told."""
    utf8()
    language: str = arguments.lang
    begin = time.perf_counter()
    passed = failed = 0
    runtime = SpiffRuntime()
    for package in selected(arguments.path):
        print(f"{package.id}  {package.code}  {package.name(language)}")
        try:
            report = run_scenarios(package, runtime, SpiffRuntime)
        except NotPlayable as broken:
            failed += 1
            for finding in broken.findings:
                print_finding("  ", finding, language)
            continue
        wrong = _tell(report, language)
        failed += wrong
        passed += len(report.outcomes) + len(report.findings) - wrong
    words = _WORDS[language]["sum"]
    print(words.format(passed=passed, failed=failed, seconds=time.perf_counter() - begin))
    return 1 if failed else 0


def _tell(report: Report, language: str) -> int:
    """Print a package's report; the number of failures."""
    words = _WORDS[language]
    for finding in report.findings:
        print_finding("  ", finding, language)
    for outcome in report.outcomes:
        difference = outcome.difference
        mark = words["no"] if difference else words["ok"]
        print(f"  {mark:>4}  {outcome.resource}  {outcome.name[language]}")
        if difference is not None:
            place = words["step" if difference.step else "line"]
            shown = place.format(step=difference.step, line=difference.line)
            print(f"        {shown}: {difference.vi if language == 'vi' else difference.en}")
    if not report.outcomes and not report.findings:
        print(f"        {words['none']}")
    _coverage(report, language)
    return len(report.findings) + sum(1 for one in report.outcomes if one.difference)


def _coverage(report: Report, language: str) -> None:
    words, coverage = _WORDS[language], report.coverage
    missed = (*coverage.missed_elements, *coverage.missed_flows)
    print(
        "        "
        + words["cover"].format(
            elements=len(coverage.elements),
            all_elements=len(coverage.elements) + len(coverage.missed_elements),
            flows=len(coverage.flows),
            all_flows=len(coverage.flows) + len(coverage.missed_flows),
        )
    )
    if missed:
        print(f"        {words['missed']}: {', '.join(missed)}")
