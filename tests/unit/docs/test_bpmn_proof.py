"""What docs/bpmn-proof.md names as proof exists and runs."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "bpmn-proof.md").read_text("utf-8")
CASES = ROOT / "tests" / "conformance" / "cases"
ROWS = [
    line.rsplit("|", 2)[1]
    for line in PAGE.splitlines()
    if line.startswith("| ") and not line.startswith(("| Fault", "| Behaviour"))
]
NAMED = sorted({name for row in ROWS for name in re.findall(r"`([^`]+)`", row)})


@cache
def functions_of(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_row_names_a_proof() -> None:
    assert len(ROWS) > 60
    assert [row for row in ROWS if "`" not in row] == []


@pytest.mark.parametrize("name", NAMED)
def test_what_is_named_exists(name: str) -> None:
    path, _, test = name.partition("::")
    if test:
        assert test in functions_of(path)
    else:
        assert (CASES / name / "case.yml").is_file()


def test_a_proof_is_never_pending() -> None:
    cases = [CASES / name / "case.yml" for name in NAMED if "::" not in name]
    assert [path for path in cases if "pending:" in path.read_text("utf-8")] == []
