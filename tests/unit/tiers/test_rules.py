"""The house rules find what they forbid and pass what they allow."""

from __future__ import annotations

from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.tiers.rules import requirements, size, words

HERE = Path("engine/example.py")


def test_a_module_of_400_lines_passes_and_one_of_401_fails() -> None:
    assert list(size.faults(HERE, "x = 1\n" * 400)) == []
    assert list(size.faults(HERE, "x = 1\n" * 401)) == [
        "engine/example.py: 401 lines, at most 400: split it by what it is about"
    ]


def test_a_long_function_is_named_with_its_line() -> None:
    source = "class A:\n    def long(self):\n" + "        x = 1\n" * 60

    assert list(size.faults(HERE, source)) == ["engine/example.py:2: long has 61 lines, at most 60"]


@pytest.mark.parametrize(
    "line",
    [
        "open('/tm" + "p/x')",
        "see /wo" + "rk/main/file",
        "index-url = https://pyp" + "i.org/simple",
        '<script src="https://unp' + 'kg.com/htmx.org"></script>',
        "<<<<<" + "<< HEAD",
    ],
)
def test_a_forbidden_word_is_named_with_its_line(line: str) -> None:
    found = list(words.faults(HERE, f"first\n{line}\n"))

    assert len(found) == 1
    assert found[0].startswith("engine/example.py:2: ")


@pytest.mark.parametrize(
    "line", ["var/blobs", "web/root/page", "====", "tests/work/x", "https://example.gov.vn/home/a"]
)
def test_ordinary_lines_pass(line: str) -> None:
    assert list(words.faults(HERE, line)) == []


LOCK = """# head
flask==3.1.3 \\
    --hash=sha256:aa
psycopg[binary]==3.3.9 ; python_version > '3' \\
    --hash=sha256:bb
    # via motcua
bare==1.0
"""


def test_pins_and_missing_hashes_are_read_from_a_lock() -> None:
    assert requirements.pins(LOCK) == {"flask": "3.1.3", "psycopg": "3.3.9", "bare": "1.0"}
    assert list(requirements.unhashed(LOCK)) == ["bare"]


def test_a_requirement_the_lock_does_not_keep_is_named() -> None:
    wanted = [Requirement("Flask>=4"), Requirement("lxml>=6"), Requirement("psycopg>=3")]

    assert list(requirements.faults("run", LOCK, wanted)) == [
        "requirements/run.txt has Flask 3.1.3, not Flask>=4",
        "requirements/run.txt lacks lxml>=6",
        "requirements/run.txt has no hash for bare",
    ]
