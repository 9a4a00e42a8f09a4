"""House rule: no Python module over 400 lines, no function over 60; tests included."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.tiers.plan import ROOT

MODULE_LINES = 400
FUNCTION_LINES = 60


def tracked(pattern: str, root: Path = ROOT) -> list[Path]:
    """Files git knows or would add, that match the pattern; ignored ones are left out."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", pattern],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [root / name for name in sorted(filter(None, listed.split("\0")))]


def faults(path: Path, source: str) -> Iterator[str]:
    """One sentence per module or function that is too long."""
    lines = source.count("\n")
    if lines > MODULE_LINES:
        yield f"{path}: {lines} lines, at most {MODULE_LINES}: split it by what it is about"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                where = f"{path}:{node.lineno}: {node.name}"
                yield f"{where} has {length} lines, at most {FUNCTION_LINES}"


def main() -> int:
    """Print every fault; 1 when there is one."""
    found = [
        fault
        for path in tracked("*.py")
        if path.exists()
        for fault in faults(path.relative_to(ROOT), path.read_text("utf-8"))
    ]
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
