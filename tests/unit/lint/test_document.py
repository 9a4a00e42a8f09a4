"""The committed page is what the table says."""

from __future__ import annotations

from pathlib import Path

from engine.runtime.lint.document import document
from engine.runtime.lint.support import ROWS

PAGE = Path(__file__).parents[3] / "docs" / "bpmn-support.md"


def test_the_page_is_generated_from_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == document(), (
        "run python -m engine.runtime.lint.document"
    )


def test_keys_are_unique() -> None:
    keys = [row.key for row in ROWS]

    assert len(keys) == len(set(keys))
