"""`motcua doctor`: examine settings, schema, chains, seals and rows; changes nothing."""

from __future__ import annotations

import argparse
import json
import os
from typing import Any

from cli.options import add_database, settings_of
from engine.errors import InvalidInput
from engine.store.doctor import Diagnosis, examine


def register(subparsers: Any) -> None:
    """Add the command's arguments."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "doctor", help="Check settings, schema and the chains of events", description=__doc__
    )
    add_database(parser)
    parser.add_argument(
        "--workers",
        type=int,
        metavar="N",
        help="server processes that will run (default: WEB_CONCURRENCY, else 1)",
    )
    parser.add_argument("--root", type=int, metavar="KEY", help="examine this instance only")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(arguments: argparse.Namespace) -> int:
    """0 = healthy, 1 = at least one error."""
    settings = settings_of(arguments)
    diagnosis = examine(settings, workers=_workers(arguments.workers), root_key=arguments.root)
    _print_json(diagnosis) if arguments.json else _print(diagnosis)
    return 0 if diagnosis.is_healthy else 1


def _workers(asked: int | None) -> int:
    if asked is not None:
        return asked
    number = os.environ.get("WEB_CONCURRENCY", "1")
    if not number.isdigit():
        raise InvalidInput(f"WEB_CONCURRENCY is {number!r}; it must be a whole number.")
    return int(number)


def _print(diagnosis: Diagnosis) -> None:
    for trouble in diagnosis.troubles:
        print(f"{trouble.severity:<7} {trouble.place} {trouble.sentence}")
    errors = sum(trouble.severity == "error" for trouble in diagnosis.troubles)
    warnings = len(diagnosis.troubles) - errors
    print(
        f"{diagnosis.roots} roots with {diagnosis.events} events examined: "
        f"{errors} errors, {warnings} warnings"
    )


def _print_json(diagnosis: Diagnosis) -> None:
    troubles = [
        {"severity": one.severity, "place": one.place, "sentence": one.sentence}
        for one in diagnosis.troubles
    ]
    print(
        json.dumps(
            {"roots": diagnosis.roots, "events": diagnosis.events, "troubles": troubles},
            ensure_ascii=False,
            indent=1,
        )
    )
