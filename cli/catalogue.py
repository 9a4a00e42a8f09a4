"""`motcua catalogue coverage --province 48`: how far the announced procedures are, and the gaps.

Reads the files of law and the packages; needs no database.
"""

from __future__ import annotations

import argparse
import json
from datetime import date, datetime
from typing import Any, cast

from cli.options import no_database
from engine.domain.law import book_of
from engine.errors import InvalidInput
from engine.packages import load
from engine.packages.coverage import coverage
from engine.packages.law import read_law

SHOWN = 10
WORDS = {
    "announced": "Đã công bố",
    "approved": "Đã phê duyệt quy trình nội bộ",
    "deployed": "Đã có quy trình điện tử",
    "published": "Đã công khai trên cổng",
    "posted": "Đã niêm yết tại trung tâm",
}


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser("catalogue", help="How far the procedures are")
    parser.add_argument("action", choices=("coverage",))
    parser.add_argument("--province", default="*", metavar="CODE", help="48; default: all rows")
    parser.add_argument("--on", metavar="DATE", help="default: today")
    parser.add_argument("--json", action="store_true", help="one JSON document with all gaps")


def run(arguments: argparse.Namespace) -> int:
    """0; the figures are printed."""
    settings = no_database()
    folder = settings.packages_dir / "_law"
    areas = ("jurisdiction", "dossier")
    book = book_of(
        row for area in areas if (folder / area).is_dir() for row in read_law(folder / area)
    )
    day = _day(arguments.on) or datetime.now(settings.zone).date()
    packages = load(settings.packages_dir, settings.forms_dir)
    found = coverage(book, packages, arguments.province, day)
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return 0
    for state, figures in found.items():
        print(f"{WORDS[state]} ({state}): {figures['count']}/{figures['of']}")
        for name, what in (("missing", "thiếu"), ("unannounced", "chưa công bố")):
            codes = cast("list[str]", figures[name])
            if codes:
                more = f" … và {len(codes) - SHOWN} thủ tục khác" if len(codes) > SHOWN else ""
                print(f"  {what}: {', '.join(codes[:SHOWN])}{more}")
    return 0


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise InvalidInput("--on must be a date such as 2026-11-23.") from None
