"""Writes docs/status.md from docs/status.yml: capability, state, where it is, its test.

``python -m tests.docs.status`` writes the page; a test compares it and refuses
a row whose test does not exist.
"""

from __future__ import annotations

from pathlib import Path

from ruamel.yaml import YAML

SOURCE = Path("docs/status.yml")
PAGE = Path("docs/status.md")
STATES = ("works", "partly", "planned")


def rows() -> list[dict[str, object]]:
    """The rows as written."""
    loaded: list[dict[str, object]] = YAML(typ="safe").load(SOURCE.read_text(encoding="utf-8"))
    return loaded


def page() -> str:
    """The page."""
    lines = [
        "# Status",
        "",
        "What works, what works partly, what is planned. Written by `python -m tests.docs.status`",
        "from `docs/status.yml`; the tests named are run by `make test`.",
        "",
        "| capability | state | where | test |",
        "|---|---|---|---|",
    ]
    for row in rows():
        tests = "<br>".join(f"`{test}`" for test in proofs(row))
        note = f": {row['note']}" if row.get("note") else ""
        lines.append(f"| {row['capability']} | {row['state']}{note} | {row['where']} | {tests} |")
    return "\n".join(lines) + "\n"


def proofs(row: dict[str, object]) -> list[str]:
    """Paths of a row's tests."""
    tests = row.get("tests") or []
    return [str(test) for test in tests] if isinstance(tests, list) else []


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
