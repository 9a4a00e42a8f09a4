"""The shipped catalogue: its size, its real procedures, and a sample against a table of its own."""

from __future__ import annotations

import csv
import random
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from engine.domain.jurisdiction import Accepted, described, in_language, resolve
from engine.domain.jurisdiction.check import check_catalogue
from engine.errors import InvalidInput
from engine.packages.law import generate
from tests.unit.jurisdiction.rows import TODAY, entry, law_row, rule, scope, shipped

with (Path(__file__).parent / "table.csv").open(encoding="utf-8", newline="") as lines:
    TABLE = list(csv.DictReader(lines))

DA_NANG = [row.id for row in shipped().on("unit", TODAY) if row.text("province_code") == "48"]
# Who decides by field, written from the names of the departments, not from the files of law.
KHCN = {"buc-xa", "tan-so", "do-luong", "so-huu-tri-tue", "khoa-hoc", "vien-thong", "buu-chinh"}
TUPHAP = {"ho-tich", "chung-thuc", "luat-su", "cong-chung", "giam-dinh", "nuoi-con-nuoi"}
YTE = {"bao-tro", "kham-chua-benh", "duoc", "an-toan-thuc-pham", "tre-em"}
SO = {**dict.fromkeys(KHCN, "khcn"), **dict.fromkeys(TUPHAP, "tuphap"), **dict.fromkeys(YTE, "yte")}


def test_a_thousand_one_hundred_and_sixty_procedures() -> None:
    rows = list(shipped().on("procedure", TODAY))
    levels = Counter(row.text("level") for row in rows)
    kinds = {shipped().versions("rule", row.text("rule"))[-1].text("kind") for row in rows}

    assert levels == {"province": 974, "commune": 186}
    assert len({row.id for row in rows}) == 1160
    assert len({row.text("field") for row in rows}) == 60
    assert len(kinds) == 7


def test_generated_file_is_what_the_script_writes() -> None:
    assert (generate.FOLDER / generate.FILE).read_text("utf-8") == generate.text()


def test_generated_rows_carry_codes_of_no_authority() -> None:
    for row in shipped().rows("procedure"):
        assert not row.verified
        assert row.id.startswith("9.") == ("(minh họa)" in row.words("name")["vi"])


@pytest.mark.parametrize("case", TABLE, ids=lambda case: f"{case['procedure']}-{case['at']}")
def test_procedures_by_name_answer_as_the_law_says(case: dict[str, str]) -> None:
    facts = dict([case["facts"].split("=")]) if case["facts"] else {}
    answer = resolve(shipped(), case["procedure"], case["at"], facts, TODAY)

    shown = answer.competent_agency.name if isinstance(answer, Accepted) else answer.code
    assert shown == case["answer"]


def test_random_sample_against_its_own_table() -> None:
    chance = random.Random(20261123)
    rows = [row for row in shipped().on("procedure", TODAY) if not row.body.get("exclusion")]
    for row in chance.sample(rows, 200):
        at, other = chance.sample(DA_NANG, 2)
        rule_id = row.text("rule")
        names = {"residence", "place", "seat", "register_keeper", "province"}
        answer = resolve(shipped(), row.id, at, dict.fromkeys(names, other), TODAY)

        assert isinstance(answer, Accepted), (row.id, at, other)
        agency = answer.competent_agency.id
        if rule_id.startswith("receiving"):
            assert agency in {f"ubnd-{at}", f"ca-{at}"}
        elif "department" in rule_id:
            assert agency == f"so-{SO.get(row.text('field'), agency[3:-3])}-48"
            assert agency.startswith("so-")
            assert agency.endswith("-48")
        elif rule_id == "skilled":
            assert answer.competent_agency.unit_code in {"20257", "20242", "48"}
        else:
            assert agency == f"ubnd-{other}"


def test_competence_moves_with_the_decree() -> None:
    before = resolve(shipped(), "2.002380", "20347", {}, date(2025, 6, 30))
    after = resolve(shipped(), "2.002380", "20347", {}, date(2025, 7, 1))

    assert isinstance(before, Accepted)
    assert isinstance(after, Accepted)
    assert before.competent_agency.id == "bo-khcn"
    assert after.competent_agency.id == "so-khcn-48"


def test_answer_can_be_read_aloud_in_both_languages() -> None:
    answer = resolve(shipped(), "1.004873", "20242", {"residence": "20950"}, TODAY)

    assert in_language(answer)["explanation"][0] == "UBND xã Trà Linh, vì nơi thường trú"
    english = in_language(answer, "en")["explanation"]
    assert english[0] == "UBND xã Trà Linh, because of the place of residence"
    assert any("compared with the gazette" in line for line in english)


def test_ambiguous_commune_is_named_with_its_province() -> None:
    units = [row for row in shipped().on("unit", TODAY) if row.text("name") == "Xã Tân Tiến"]
    assert len(units) > 1

    answer = resolve(shipped(), "2.000815", units[0].id, {}, TODAY)

    assert isinstance(answer, Accepted)
    assert answer.competent_agency.name.startswith("UBND xã Tân Tiến, ")


def test_description_lists_the_facts() -> None:
    found = described(shipped(), "1.013949", TODAY)

    assert found["exclusion"] == "land"
    assert found["facts"] == [
        {"name": "place", "type": "commune", "label": "nơi có đất", "required": True}
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (entry("9.999999", "nowhere", field="ho-tich"), "rule-unknown"),
        (entry("9.999999", "residence", field="magic"), "field-unknown"),
        (
            entry("9.999999", "receiving", field="dat-dai", exclusion="land"),
            "excluded-without-place",
        ),
        (scope("1.013949", "48", "province"), "excluded-borderless"),
        (scope("9.999998", "48", "province"), "procedure-unknown"),
        (rule("residence", "commune", place="if if"), "rule-invalid"),
        (law_row("agency-code", "H-17", code="H-17", agency="ubnd-48"), "agency-code-pattern"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_catalogue_that_cannot_be_is_refused(row: object, code: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        check_catalogue(shipped().with_rows([row]))  # type: ignore[list-item]  # parametrised

    assert code in [fault.code for fault in refusal.value.faults]


def test_shipped_catalogue_holds_together() -> None:
    check_catalogue(shipped())
