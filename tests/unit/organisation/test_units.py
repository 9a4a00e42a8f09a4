"""The official list as we ship it, and what a wrong list is told."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

import pytest

from engine.domain.organisation import Units, units_of
from engine.domain.text import fold
from engine.errors import NotFound
from engine.packages.law import read_law

LIST = Path("processes/_law/organisation/units.csv")


@cache
def units() -> Units:
    return units_of(read_law(LIST))


def test_counts_of_the_official_list() -> None:
    tiers = [unit.tier for unit in units().by_code.values()]

    assert tiers.count("province") == 34
    assert tiers.count("commune") == 3321


@pytest.mark.parametrize(("province", "count"), [("01", 126), ("48", 94), ("20", 65)])
def test_communes_of_hanoi_da_nang_and_lang_son(province: str, count: int) -> None:
    assert len(list(units().communes(province))) == count


def test_ambiguous_names_always_show_their_province() -> None:
    ambiguous = units().ambiguous
    labels = [units().label(each) for each in units().by_code.values() if each.name in ambiguous]

    assert len(ambiguous) == 238
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(
    "words",
    ["hai chau da nang", "Hải Châu Đà Nẵng", unicodedata.normalize("NFD", "Hải Châu, Đà Nẵng")],
)
def test_search_with_and_without_diacritics(words: str) -> None:
    assert units().search(words)[0].code == "20242"


def test_path_is_the_tree_of_visibility() -> None:
    assert units().get("20242").path == "48/20242/"
    assert units().get("48").path == "48/"


def test_unknown_code_is_named() -> None:
    with pytest.raises(NotFound, match="99999"):
        units().get("99999")


@pytest.mark.parametrize(
    ("text", "folded"), [("ĐỒNG ĐĂNG", "dong dang"), ("  Trà   Linh ", "tra linh"), ("Ðà", "da")]
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded
