"""`motcua clock`: when something is due, and why, day by day. `due` needs no database.

The law comes from the files beside the packages (`_law/calendar`), so that a
lawyer can try a changed holiday before anybody loads it.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any, cast

from cli import clock_of_dossiers
from engine.domain.clock import Due, Line, Pause, compute_due, parse_term
from engine.domain.clock.law import PURPOSES, LegalCalendars
from engine.domain.clock.wire import due_document, pause_from
from engine.domain.law import LawBook, book_of
from engine.errors import InvalidInput
from engine.packages.law import read_law
from engine.settings import Settings


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser("clock", help="Compute legal due dates and explain them")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    due = actions.add_parser("due", help="When a term ends, with the derivation; needs no database")
    due.add_argument("--from", dest="start", metavar="TIME", required=True, help="with an offset")
    due.add_argument("--term", required=True, help="3WD, 0.5WD, 4h (working hours), 15D, 0WD")
    due.add_argument("--unit", default="", metavar="PATH", help="such as 48/20242/")
    due.add_argument("--calendar", choices=PURPOSES, default="processing")
    due.add_argument("--cut-off", metavar="HH:MM", help="later receipts count from the next day")
    due.add_argument("--supplement", metavar="TERM", help="extra term of a difficult area")
    due.add_argument("--pauses", metavar="FILE", help="JSON list of {from, to, kind, rule}")
    due.add_argument("--holidays", metavar="FILE", help="rows of law laid over, as loading would")
    due.add_argument("--lang", choices=("vi", "en"), default="vi")
    due.add_argument("--json", action="store_true", help="write one JSON document")
    clock_of_dossiers.register(actions)


def run(arguments: argparse.Namespace) -> int:
    """0 when the date is known; wrong input says what and how to mend it."""
    if arguments.action != "due":
        ask = {"explain": clock_of_dossiers.explain, "what-if": clock_of_dossiers.what_if}
        return ask[arguments.action](arguments)
    law = LegalCalendars(_book(arguments.holidays))
    due = _due(arguments, law)
    document = due_document(due, law)
    if arguments.json:
        print(json.dumps(document, ensure_ascii=False, indent=2))
        return 0
    for line in due.lines:
        print(_shown(line, arguments.lang))
    for warning in cast("list[Mapping[str, str]]", document["warnings"]):
        print(f"! {warning[arguments.lang]}")
    print(f"=> {due.at.isoformat()}")
    return 0


def _book(changed: str | None) -> LawBook:
    folder = Settings.from_env(os.environ).packages_dir / "_law" / "calendar"
    rows = {row.key: row for row in read_law(folder)}
    if changed:
        rows |= {row.key: row for row in read_law(Path(changed))}
    return book_of(rows.values())


def _due(arguments: argparse.Namespace, law: LegalCalendars) -> Due:
    pauses = _pauses(arguments.pauses) if arguments.pauses else []
    supplement = arguments.supplement
    return compute_due(
        _instant(arguments.start, "--from"),
        parse_term(arguments.term),
        law.calendar(_unit(arguments.unit), arguments.calendar),
        cut_off=_hour(arguments.cut_off) if arguments.cut_off else None,
        supplement=parse_term(supplement) if supplement else None,
        pauses=pauses,
    )


def _shown(line: Line, lang: str) -> str:
    mark = "" if line.verified else (" (chưa kiểm chứng)" if lang == "vi" else " (unverified)")
    source = line.source_text.get(lang, line.source)
    return f"{line.date}  {line.text[lang]}  [{line.rule}; {source}{mark}]"


def _instant(text: str, name: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise InvalidInput(
            f"{name} {text}: write an instant such as 2026-11-23T09:00+07:00.", code="bad-time"
        ) from None


def _unit(text: str) -> str:
    return text if not text or text.endswith("/") else f"{text}/"


def _hour(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise InvalidInput(f"--cut-off {text}: write an hour as 15:00.", code="bad-time") from None


def _pauses(name: str) -> Sequence[Pause]:
    try:
        found = json.loads(Path(name).read_text(encoding="utf-8-sig"))
    except OSError as error:
        reason = error.strerror or "it is no file"
        raise InvalidInput(f"{name} cannot be read: {reason}.", code="no-such-file") from None
    except ValueError as error:
        raise InvalidInput(f"{name} is no JSON: {error}.", code="bad-pauses") from None
    if not isinstance(found, list) or not all(isinstance(each, Mapping) for each in found):
        sentence = f'{name} must hold a list such as [{{"from": "…", "to": "…", "rule": "…"}}].'
        raise InvalidInput(sentence, code="bad-pauses")
    return [pause_from(each, f"/{index}") for index, each in enumerate(found)]
