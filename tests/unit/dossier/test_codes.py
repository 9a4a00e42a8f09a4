"""Code patterns: data, checked before a code is ever made of it."""

from __future__ import annotations

from datetime import date

import pytest

from engine.domain.dossier import CodePattern
from engine.errors import InvalidInput

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("pattern", "prefix", "width", "number", "code"),
    [
        ("{prefix}-{yymmdd}-{number}", "H17.02", 4, 1, "H17.02-261123-0001"),
        ("000.00.{prefix}-{yymmdd}-{number}", "15.H26", 4, 12, "000.00.15.H26-261123-0012"),
        ("{unit}-{yyyymmdd}-{number}", "", 5, 7, "20242-20261123-00007"),
        ("{province}.{unit}-{yymmdd}-{number}", "", 2, 12345, "48.20242-261123-12345"),
    ],
)
def test_rendering(pattern: str, prefix: str, width: int, number: int, code: str) -> None:
    made = CodePattern(pattern=pattern, prefix=prefix, width=width)

    assert made.render(made.series("48/20242/", DAY), number) == code


def test_a_province_is_its_own_unit() -> None:
    assert CodePattern().series("48/", DAY) == "48-261123-{number}"


@pytest.mark.parametrize(
    ("pattern", "width", "said"),
    [
        ("{unit}-{yymmdd}", 4, "number"),
        ("{unit}-{number}", 4, "day"),
        ("{yymmdd}-{number}", 4, "place"),
        ("{prefix}-{yymmdd}-{number}", 4, "prefix"),
        ("{unit}/{yymmdd}/{number}", 4, "letters"),
        ("{unit}-{yymmdd}-{number}{number}", 4, "once"),
        ("{unit.__class__}-{yymmdd}-{number}", 4, "letters"),
        ("{name}-{unit}-{yymmdd}-{number}", 4, "unknown"),
        ("{unit}-{yymmdd}-{number}", 0, "width"),
    ],
)
def test_an_unusable_pattern_is_refused(pattern: str, width: int, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        CodePattern(pattern=pattern, width=width)
