"""Rows of law in files: what is read, and how a wrong row is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.domain.law import SINCE_EVER
from engine.errors import InvalidInput
from engine.packages.law import read_book, read_law

OWN = Path("processes/_law")

HOLIDAYS = """\
defaults: {source: Labour Code, verified: true}
holidays:
  - date: 2026-11-24
    name: {vi: "Ngày Văn hoá"}
    decision: 28/2026/QH16
  - date: 2026-09-02
    name: {vi: "Quốc khánh"}
    verified: false
"""


def refused(path: Path) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        read_law(path)
    return [f"{fault.code} {fault.sentence}" for fault in caught.value.faults]


def test_own_files_are_read_whole() -> None:
    book = read_book(OWN)

    assert len(list(book.on("unit", date(2026, 1, 1)))) == 34 + 3321
    tra_linh = book.get("unit", "20950", date(2026, 1, 1))
    assert tra_linh.text("name") == "Xã Trà Linh"
    assert tra_linh.effective_from == date(2025, 7, 1)
    assert book.find("unit", "20950", date(2025, 6, 30)) is None
    assert book.get("unit", "15", date(2025, 6, 30)).text("name") == "Yên Bái"


def test_defaults_fill_what_a_row_leaves_out(tmp_path: Path) -> None:
    (tmp_path / "h.yml").write_text(HOLIDAYS, encoding="utf-8")

    culture, national = read_law(tmp_path)

    assert (culture.kind, culture.id, culture.effective_from) == (
        "holiday",
        "2026-11-24",
        SINCE_EVER,
    )
    assert (culture.source, culture.verified, culture.decision) == (
        "Labour Code",
        True,
        "28/2026/QH16",
    )
    assert culture.words("name") == {"vi": "Ngày Văn hoá"}
    assert not national.verified


def test_every_wrong_row_is_named_with_its_line(tmp_path: Path) -> None:
    text = HOLIDAYS.replace("2026-11-24", "24/11/2026").replace("verified: false", "verfied: false")
    (tmp_path / "h.yml").write_text(text, encoding="utf-8")

    assert refused(tmp_path) == [
        "yaml-format h.yml, line 3: date: is no date",
        "yaml-additionalProperties h.yml, line 8: verfied: no such member: verfied",
    ]


def test_unknown_list_is_answered_with_those_that_exist(tmp_path: Path) -> None:
    (tmp_path / "h.yml").write_text("feast_days: []\n", encoding="utf-8")

    (fault,) = refused(tmp_path)

    assert fault.startswith("law-kind h.yml, line 1: feast_days is none of: ")
    assert "holidays" in fault


def test_same_row_twice_names_both_places(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(HOLIDAYS, encoding="utf-8")
    (tmp_path / "b.yml").write_text(HOLIDAYS, encoding="utf-8")

    first = refused(tmp_path)[0]

    assert first.startswith("law-twice b.yml, line 3: holiday 2026-11-24")
    assert first.endswith("stands at a.yml:3 too.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code,name,kind,tier\nx1,Xã A,xã,commune\n", "line 2: code: must match"),
        ("code,name,kind,tier\n00001,Xã A,xã\n", "line 2: has more or fewer cells"),
        ("code,name,kind,tier,colour\n", "line 1: unknown columns colour"),
        ("code,name,kind,tier\n00001,Xã A,xã,hamlet\n", "line 2: tier: must be one of"),
    ],
)
def test_csv_faults_name_the_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "units.csv").write_text(text, encoding="utf-8")
    (tmp_path / "units.defaults.yml").write_text("source: a list\n", encoding="utf-8")

    assert said in refused(tmp_path)[0]


def test_row_without_source_is_refused(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text("code,name,kind,tier\n00001,A,xã,commune\n", "utf-8")

    assert refused(tmp_path) == ["law-row units.csv, line 2: row: source is missing"]


def test_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no such file"):
        read_law(tmp_path / "nowhere")
