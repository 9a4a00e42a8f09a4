"""The parts of `motcua clock` that ask the database: explain a dossier's dates, what-if."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from cli.init import INSTALLER
from cli.options import add_database, settings_of
from engine.bootstrap import build_engine
from engine.commands.check_clocks import WhatIf
from engine.commands.keep_clock import ExplainDeadline
from engine.packages.law import read_law


def register(actions: Any) -> None:
    """Arguments of the two actions."""
    explain = actions.add_parser("explain", help="Why a dossier is due when it is")
    explain.add_argument("code", metavar="CODE")
    ask = actions.add_parser("what-if", help="Dossiers whose dates move when rows of law change")
    ask.add_argument(
        "--holidays", metavar="FILE", required=True, type=Path, help="rows as `motcua load` takes"
    )
    for parser in (explain, ask):
        add_database(parser)
        parser.add_argument("--lang", choices=("vi", "en"), default="vi")
        parser.add_argument("--json", action="store_true", help="write one JSON document")


def explain(arguments: argparse.Namespace) -> int:
    """Each clock, one line per day."""
    told = _ask(arguments, ExplainDeadline(code=arguments.code))
    if arguments.json:
        print(json.dumps(told, ensure_ascii=False, indent=2, default=str))
        return 0
    for clock in cast("Sequence[Mapping[str, Any]]", told["clocks"]):
        print(f"{clock['name']} {clock['term']} {clock['state']}: {clock['due']}")
        for line in clock["derivation"]:
            print(f"  {line['text'][arguments.lang]}  [{line['rule']}]")
    return 0


def what_if(arguments: argparse.Namespace) -> int:
    """One line per date that would move; nothing is written."""
    told = _ask(arguments, WhatIf(rows=read_law(arguments.holidays)))
    if arguments.json:
        print(json.dumps(told, ensure_ascii=False, indent=2, default=str))
        return 0
    moved = cast("Sequence[Mapping[str, Any]]", told["moved"])
    for each in moved:
        where = each["elementId"] or each["name"]
        print(f"{each['code'] or each['key']}  {where}: {each['old']} -> {each['new']}")
    print(f"{told['asked']} asked, {len(moved)} dates would move")
    return 0


def _ask(arguments: argparse.Namespace, command: object) -> Mapping[str, object]:
    engine = build_engine(settings_of(arguments))
    try:
        return engine.execute(command, INSTALLER).result
    finally:
        engine.close()
