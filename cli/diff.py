"""`motcua diff OLD NEW`: what a new version of a procedure changes, in sentences.

One argument is enough for a procedure with several versions: the last two are
compared. Exit code 0 whether or not something changed, 1 when a version cannot be read.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
from pathlib import Path
from typing import Any

from cli.lint import print_finding, utf8
from engine.errors import InvalidInput
from engine.packages import Package, select
from engine.packages.changes import Change, compare

_WORDS = {
    "vi": {
        "head": "{name} ({code}): từ {date} thay phiên bản {before}",
        "none": "Không có thay đổi.",
        "sum": "{count} thay đổi.",
        "law": "Căn cứ và thời hạn",
        "fee": "Phí, lệ phí",
        "documents": "Thành phần hồ sơ",
        "jurisdiction": "Thẩm quyền và nơi nhận",
        "people": "Người thực hiện",
        "diagram": "Sơ đồ",
        "decision": "Bảng quyết định",
        "form": "Biểu mẫu",
    },
    "en": {
        "head": "{name} ({code}): from {date} instead of the version of {before}",
        "none": "Nothing changed.",
        "sum": "{count} changes.",
        "law": "Legal basis and deadlines",
        "fee": "Fees",
        "documents": "Documents",
        "jurisdiction": "Jurisdiction",
        "people": "People",
        "diagram": "Diagram",
        "decision": "Decisions",
        "form": "Forms",
    },
}


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser(
        "diff", help="Tell in sentences what a new version of a procedure changes"
    )
    parser.add_argument("old", type=Path, metavar="OLD", help="a version, or a whole procedure")
    parser.add_argument("new", type=Path, metavar="NEW", nargs="?", help="the later version")
    parser.add_argument("--lang", choices=("vi", "en"), default="vi", help="language (vi)")
    parser.add_argument("--json", action="store_true", help="machine readable, both languages")


def run(arguments: argparse.Namespace) -> int:
    """0 when both versions can be read."""
    utf8()
    old, new = _versions(arguments.old, arguments.new)
    unreadable = [one for one in (old, new) if one.procedure is None]
    for package in unreadable:
        for finding in package.findings:
            print_finding(f"{package.id}/", finding, arguments.lang)
    if unreadable:
        return 1
    changes = list(compare(old, new))
    if arguments.json:
        print(json.dumps([dataclasses.asdict(one) for one in changes], ensure_ascii=False))
    else:
        _tell(old, new, changes, arguments.lang)
    return 0


def _versions(old: Path, new: Path | None) -> tuple[Package, Package]:
    found = (*select(old), *(select(new) if new is not None else ()))
    if new is None and len(found) < 2:
        raise InvalidInput(
            f"{old}: one version only. Name two versions, or a procedure that has several.",
            code="one-version",
        )
    if new is not None and len(found) != 2:
        raise InvalidInput(
            f"{old} and {new} are {len(found)} versions: name exactly two.", code="two-versions"
        )
    return found[-2], found[-1]


def _tell(old: Package, new: Package, changes: list[Change], language: str) -> None:
    words = _WORDS[language]
    dates = {"date": _date(new, language), "before": _date(old, language)}
    print(words["head"].format(name=new.name(language), code=new.code, **dates))
    part = ""
    for change in changes:
        if change.part != part:
            part = change.part
            print(f"\n{words[part]}")
        print(f"  - {change.vi if language == 'vi' else change.en}")
    print("\n" + (words["sum"].format(count=len(changes)) if changes else words["none"]))


def _date(package: Package, language: str) -> str:
    return package.applies_from.strftime("%d/%m/%Y" if language == "vi" else "%Y-%m-%d")
