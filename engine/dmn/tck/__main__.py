"""Command line of the kit's run; ends with one line per level and exit code 0."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from engine.dmn.tck.report import LEVELS, suite_lines, summary, write_csv
from engine.dmn.tck.runner import run_level

DEFAULT_DIR = Path(__file__).resolve().parents[3] / ".." / "shared" / "dmn-tck"
REPORT = Path("var") / "dmn-tck.csv"
WHERE_TO_GET = "get it from github dmn-tck/tck"


def kit_folder(named: str | None) -> Path:
    """The kit's folder: as named, else ``DMN_TCK_DIR``, else beside the checkout."""
    return Path(named or os.environ.get("DMN_TCK_DIR") or DEFAULT_DIR)


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main(arguments: list[str] | None = None, say: Callable[[str], None] = _print) -> int:
    """Run every level found in the folder; 2 when there is no kit."""
    parser = argparse.ArgumentParser(prog="python -m engine.dmn.tck", description=__doc__)
    parser.add_argument("--dir", help="folder of the kit (default: DMN_TCK_DIR)")
    parser.add_argument(
        "--csv", type=Path, default=REPORT, help="one row per result (default: %(default)s)"
    )
    parser.add_argument("--failures", action="store_true", help="print every failing result")
    options = parser.parse_args(arguments)
    folder = kit_folder(options.dir)
    levels = [folder / name for name in LEVELS if (folder / name).is_dir()]
    if not levels:
        say(f"not run, {WHERE_TO_GET}: no test cases in {folder}")
        return 2
    results = [result for level in levels for result in run_level(level)]
    if options.failures:
        for result in results:
            if not result.passed:
                say(f"{result.suite} {result.case} {result.node}: {result.problem}")
    for line in suite_lines(results):
        say(line)
    options.csv.parent.mkdir(parents=True, exist_ok=True)
    write_csv(options.csv, results)
    say(f"every result: {options.csv}")
    for name, (passed, total) in summary(results).items():
        say(f"{name}: {passed}/{total}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
