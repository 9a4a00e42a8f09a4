"""Generates the example part of the catalogue: `python -m engine.packages.law.generate`.

A province announces more than a thousand procedures; their true list is not
ours to publish. These rows have the right size and spread (974 provincial and
186 communal with the real ones), codes that no authority gives (9.xxxxxx) and
names made of field, action and object. Nothing is random: the same file always.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from engine.packages.law.files import read_book

FOLDER = Path("processes/_law/jurisdiction")
FILE = "procedures.examples.csv"
PROVINCIAL, COMMUNAL = 974, 186
COLUMNS = ("code", "name.vi", "level", "field", "rule", "exclusion", "skill", "term")

ACTIONS = ("Cấp", "Cấp lại", "Sửa đổi, bổ sung", "Gia hạn", "Chấm dứt", "Xác nhận", "Công nhận",
           "Phê duyệt", "Thông báo", "Chuyển đổi")  # fmt: skip
OBJECTS = ("giấy phép hoạt động", "giấy chứng nhận đủ điều kiện", "chứng chỉ hành nghề",
           "văn bản chấp thuận", "hồ sơ đăng ký")  # fmt: skip
TERMS = ("3WD", "5WD", "7WD", "10WD", "15WD", "20WD", "30D", "1WD")
EXCLUDED = {"dat-dai": "land", "dien-luc": "energy_security", "khoang-san": "resources",
            "tai-nguyen-nuoc": "resources"}  # fmt: skip
SKILLS = {"buc-xa": "radiation", "do-luong": "measurement", "hoa-chat": "chemistry"}
OF_COMMUNES = ("ho-tich", "chung-thuc", "bao-tro", "nguoi-co-cong", "tre-em", "xay-dung", "dat-dai",
               "ho-kinh-doanh", "moi-truong", "thuy-loi", "giao-duc", "ton-giao",
               "an-toan-thuc-pham", "do-luong")  # fmt: skip
PROVINCE_RULES = ("department", "seat-department", "department", "object-department", "department",
                  "keeper")  # fmt: skip
COMMUNE_RULES = ("residence", "object", "seat", "residence", "receiving", "keeper")


def rows(fields: dict[str, str], provincial: int, communal: int) -> Iterator[dict[str, str]]:
    """``provincial`` and ``communal`` rows over the fields (id to name)."""
    yield from _spread(sorted(fields), fields, "province", provincial, 100_000)
    yield from _spread(list(OF_COMMUNES), fields, "commune", communal, 200_000)


def text() -> str:
    """The whole file, beside the real procedures as they stand."""
    book = read_book(FOLDER)
    fields = {row.id: row.text("name") for row in book.rows("field")}
    real = [row for row in book.rows("procedure") if not row.id.startswith("9.")]
    of_province = sum(row.text("level") == "province" for row in real)
    of_communes = len({row.id for row in real}) - of_province
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows(fields, PROVINCIAL - of_province, COMMUNAL - of_communes))
    return out.getvalue()


def _spread(
    ids: list[str], fields: dict[str, str], level: str, count: int, first: int
) -> Iterator[dict[str, str]]:
    kinds = list(product(OBJECTS, ACTIONS))
    for number in range(count):
        field = ids[number % len(ids)]
        turn = number // len(ids)
        thing, action = kinds[turn]
        where = "cấp tỉnh" if level == "province" else "cấp xã"
        yield {
            "code": f"9.{first + number + 1:06d}",
            "name.vi": f"{action} {thing} lĩnh vực {fields[field]}, {where} (minh họa)",
            "level": level,
            "field": field,
            "term": TERMS[number % len(TERMS)],
            **_rule(field, level, number, turn),
        }


def _rule(field: str, level: str, number: int, turn: int) -> dict[str, str]:
    exclusion = EXCLUDED.get(field, "")
    if exclusion:
        rule = "object-department" if level == "province" else "plot"
        return {"rule": rule, "exclusion": exclusion, "skill": ""}
    skill = SKILLS.get(field, "")
    if skill and turn % 2:
        return {"rule": "skilled", "exclusion": "", "skill": skill}
    rules = PROVINCE_RULES if level == "province" else COMMUNE_RULES
    return {"rule": rules[(number + turn) % len(rules)], "exclusion": "", "skill": skill}


def main() -> int:
    """Write the file."""
    (FOLDER / FILE).write_text(text(), encoding="utf-8")
    sys.stdout.write(f"{FOLDER / FILE} is written.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
