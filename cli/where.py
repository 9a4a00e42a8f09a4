"""`motcua where --procedure CODE --at POINT --facts FILE`: who decides, and why, or where to go.

Reads the files of law and needs no database. `--describe` lists the facts a
procedure needs. A refusal is an answer: exit code 0.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cli.options import no_database
from engine.domain.jurisdiction import described, in_language, resolve
from engine.domain.law import LawBook, book_of
from engine.errors import InvalidInput, Rejected
from engine.packages.law import read_law
from engine.settings import Settings

AREAS = ("organisation", "jurisdiction")


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser("where", help="Who decides a procedure handed in here, and why")
    parser.add_argument("--procedure", required=True, metavar="CODE", help="such as 1.004873")
    parser.add_argument("--at", metavar="POINT", help="reception point, or a unit's code: 20242")
    parser.add_argument(
        "--facts", metavar="FILE", help='JSON such as {"residence": "20950"}; - is standard input'
    )
    parser.add_argument("--describe", action="store_true", help="list the facts it needs")
    parser.add_argument("--on", metavar="DATE", help="day of acceptance (default: today)")
    parser.add_argument("--lang", choices=("vi", "en"), default="vi", help="language of sentences")
    parser.add_argument("--json", action="store_true", help="write one JSON document")


def run(arguments: argparse.Namespace) -> int:
    """0 when there is an answer, a refusal too; 1 when the question cannot be answered."""
    try:
        found = _answer(arguments)
    except Rejected as error:
        if not arguments.json:
            raise
        _write({"accepted": False, "code": error.reason, "hint": error.sentence})
        return 1
    if arguments.json:
        _write(found)
    elif arguments.describe:
        _show_facts(found)
    else:
        _show(found)
    return 0


def _answer(arguments: argparse.Namespace) -> dict[str, Any]:
    settings = no_database()
    book, on = law(settings), _day(arguments.on, settings)
    if arguments.describe:
        return described(book, arguments.procedure, on, arguments.lang)
    if not arguments.at:
        raise InvalidInput("Name the counter with --at, such as --at 20242.", code="at-missing")
    answer = resolve(book, arguments.procedure, arguments.at, _facts(arguments.facts), on)
    return in_language(answer, arguments.lang)


def law(settings: Settings) -> LawBook:
    """Organisation and jurisdiction as the installation's files say."""
    folder = settings.packages_dir / "_law"
    return book_of(row for area in AREAS for row in read_law(folder / area))


def _facts(name: str | None) -> dict[str, object]:
    if name is None:
        return {}
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
        facts = json.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise InvalidInput(f"{name} cannot be read: {reason}.", code="no-such-file") from None
    except (ValueError, RecursionError) as error:
        raise InvalidInput(f"{name} is no JSON: {error}.", code="bad-facts") from None
    if not isinstance(facts, dict):
        sentence = f'{name} must hold a JSON object such as {{"residence": "20950"}}.'
        raise InvalidInput(sentence, code="bad-facts")
    return facts


def _day(text: str | None, settings: Settings) -> date:
    if text is None:
        return datetime.now(settings.zone).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(f"--on {text}: write 2026-01-31.", code="bad-date") from None


def _write(data: object) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=2))


def _show(found: dict[str, Any]) -> None:
    if not found["accepted"]:
        print(f"[{found['code']}] {found['hint']}")
        return
    agency = found["competent_agency"]
    print(f"{agency['name']}  ({agency['id']}, {agency['unit_code'] or '-'})")
    for line in found["explanation"]:
        print(f"  {line}")


def _show_facts(found: dict[str, Any]) -> None:
    print(f"{found['procedure']}  {found['name']}  [{found['rule']['kind']}]")
    for fact in found["facts"]:
        need = "" if fact["required"] else "  (optional)"
        print(f"  {fact['name']}: {fact['type']}, {fact['label']}{need}")
    if not found["facts"]:
        print("  no fact is needed")
