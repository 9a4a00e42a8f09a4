"""The static tier: each check is one command; its output is shown when it fails."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence

from tests.tiers.plan import ROOT, STATIC
from tests.tiers.result import Result

PYTHON = sys.executable
TOOL = (PYTHON, "-m")

CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ruff", (*TOOL, "ruff", "check", "--quiet", ".")),
    ("ruff format", (*TOOL, "ruff", "format", "--check", "--quiet", ".")),
    ("mypy", (*TOOL, "mypy")),
    (
        "import contract",
        (PYTHON, "-c", "from importlinter.cli import lint_imports_command as f; f()"),
    ),
    ("module size", (*TOOL, "tests.tiers.rules.size")),
    ("words and paths", (*TOOL, "tests.tiers.rules.words")),
    ("requirements", (*TOOL, "tests.tiers.rules.requirements")),
)


def run_static(checks: Sequence[tuple[str, tuple[str, ...]]] = CHECKS) -> Result:
    """Run every check, also after a failure, so that one run shows all there is to mend."""
    began = time.monotonic()
    failed = 0
    for name, command in checks:
        started = time.monotonic()
        done = subprocess.run(
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        word = "FAILED" if done.returncode else "ok"
        print(f"{name:<18} {word:<7} {time.monotonic() - started:5.1f} s", flush=True)
        if done.returncode:
            failed += 1
            print(done.stdout, flush=True)
    return Result(
        tier=STATIC,
        passed=len(checks) - failed,
        failed=failed,
        seconds=time.monotonic() - began,
    )
