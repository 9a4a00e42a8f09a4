"""The status page is what its source says, and its tests exist."""

from __future__ import annotations

from pathlib import Path

from tests.docs.status import PAGE, STATES, page, proofs, rows


def test_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.docs.status"


def test_rows_are_complete_and_their_tests_exist() -> None:
    for row in rows():
        assert row["state"] in STATES, row
        assert row["where"], row
        missing = [test for test in proofs(row) if not Path(test).exists()]
        assert not missing, row
        assert row["state"] == "planned" or proofs(row), row
