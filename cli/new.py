"""`motcua new CODE --like CODE`: begin a procedure from one that works; no database.

Writes processes/SLUG/DATE and forms/SLUG/DATE, whole or not at all.
"""

from __future__ import annotations

import argparse
import os
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cli.lint import print_finding, utf8
from engine.domain.text import nfc
from engine.errors import InvalidInput
from engine.packages import lint, load
from engine.packages.copying import Wanted, latest_of, make_like
from engine.runtime import SpiffRuntime
from engine.settings import Settings

_WORDS = {
    "vi": "Đã tạo {folder} (theo {like}). Tiếp theo: sửa procedure.yml và sơ đồ, rồi chạy"
    " motcua lint {folder} và motcua test {folder}.",
    "en": "Made {folder} (like {like}). Next: edit procedure.yml and the diagram, then run"
    " motcua lint {folder} and motcua test {folder}.",
}


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser("new", help="Begin a procedure from one that works")
    parser.add_argument("code", metavar="CODE", help="the new procedure's code, as 1.004873")
    parser.add_argument("--like", required=True, metavar="CODE", help="code of the one to copy")
    parser.add_argument("--name", help="the new procedure's name")
    parser.add_argument("--slug", help="its folder; default: made from the name or the code")
    parser.add_argument("--date", metavar="YYYY-MM-DD", help="applies from; default: today")
    parser.add_argument("--packages", type=Path, metavar="DIR", help="default: processes/")
    parser.add_argument("--lang", choices=("vi", "en"), default="vi", help="language (vi)")


def run(arguments: argparse.Namespace) -> int:
    """0 when the package was written."""
    utf8()
    settings = Settings.from_env(os.environ)
    packages_dir: Path = arguments.packages or settings.packages_dir
    forms_dir = packages_dir.parent / "forms" if arguments.packages else settings.forms_dir
    wanted = Wanted(
        code=arguments.code,
        applies_from=_date(arguments.date, settings.zone),
        name=None if arguments.name is None else nfc(arguments.name),
        slug=arguments.slug,
    )
    source = latest_of(load(packages_dir, forms_dir), arguments.like)
    package = make_like(source, wanted, packages_dir, forms_dir)
    for finding in lint(package, SpiffRuntime()):
        print_finding(f"{package.id}/", finding, arguments.lang)
    folder = packages_dir / package.slug / package.applies_from.isoformat()
    print(_WORDS[arguments.lang].format(folder=folder, like=source.id))
    return 0


def _date(text: str | None, zone: ZoneInfo) -> date:
    if text is None:
        return datetime.now(zone).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(
            f"--date {text[:20]!r} is no date: write it as 2027-03-01.", code="date"
        ) from None
