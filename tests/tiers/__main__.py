"""``python -m tests.tiers [tier ...] [--without tier] [--soak]``: run the tests tier by tier.

Ends with a table of seconds per tier and one closing line ``N passed, N failed``.
A tier without tests is reported as such; a random test gets its seeds from here.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.tiers.checks import run_static
from tests.tiers.needs import REQUIRE, Missing
from tests.tiers.plan import OUT, ROOT, STATIC, Tier, chosen
from tests.tiers.result import Result, closing_line, read_junit, table
from tests.tiers.seeds import VARIABLE, seeds


def main(arguments: list[str]) -> int:
    """Run the chosen tiers; 0 when nothing failed."""
    options = _parser().parse_args(arguments)
    try:
        tiers = chosen(options.tier, options.without)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    OUT.mkdir(exist_ok=True)
    os.environ[VARIABLE] = ",".join(map(str, seeds()))
    print(f"seeds of random tests: {os.environ[VARIABLE]} (replay with {VARIABLE}=...)", flush=True)
    try:
        for need in sorted({need for tier in tiers if has_tests(tier) for need in tier.needs}):
            REQUIRE[need]()
    except Missing as missing:
        print(f"\n{missing}", file=sys.stderr)
        return 1
    results = [run_tier(tier, soak=options.soak) for tier in tiers]
    print()
    print("\n".join(table(results)))
    print(closing_line(results), flush=True)
    return 1 if any(result.failed for result in results) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.tiers", description=__doc__)
    parser.add_argument("tier", nargs="*", help="only these tiers (default: all)")
    parser.add_argument("--without", action="append", default=[], help="leave this tier out")
    parser.add_argument("--soak", action="store_true", help="run the slow full counts instead")
    return parser


def has_tests(tier: Tier) -> bool:
    """Whether the tier's folder holds a test module."""
    return tier is STATIC or any(tier.folder.rglob("test_*.py"))


def run_tier(tier: Tier, *, soak: bool) -> Result:
    """Run one tier in a process group of its own, so that nothing it started outlives it."""
    print(f"\n== {tier.name}: {tier.holds} (budget {tier.minutes} min)", flush=True)
    if tier is STATIC:
        return run_static()
    if not has_tests(tier):
        print("no tests yet", flush=True)
        return Result(tier=tier, note="no tests yet")
    report = OUT / "tiers" / f"{tier.name}.xml"
    report.parent.mkdir(exist_ok=True)
    report.unlink(missing_ok=True)
    began = time.monotonic()
    limit = None if soak else tier.minutes * 120
    code = _run_in_group(_command(tier, report, soak=soak), limit)
    return read_junit(tier, report, code, time.monotonic() - began)


def _command(tier: Tier, report: Path, *, soak: bool) -> list[str]:
    return [
        *(sys.executable, "-m", "pytest", "-q", "--no-header", "--durations=5"),
        *("-m", "slow" if soak else "not slow"),
        *(f"--junitxml={report}", f"--hypothesis-seed={seeds()[-1]}"),
        *tier.arguments,
        str(tier.folder.relative_to(ROOT)),
    ]


def _run_in_group(command: list[str], limit: float | None) -> int:
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        return process.wait(limit)
    except subprocess.TimeoutExpired:
        print(f"stopped after {limit:.0f} s: twice the budget", flush=True)
        return 124
    finally:
        _end_group(process.pid)
        process.wait()


def _end_group(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
