"""`motcua load [PATH]`: bring rows of law in the database to what the files say.

Without a path: the folder ``_law`` of the procedures. A second run changes
nothing; a fault in one row leaves all as it was.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from cli.init import INSTALLER
from cli.options import add_database, settings_of
from engine.bootstrap import build_engine, migrate
from engine.packages.law.load import load_files
from engine.ports.engine import Engine


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser("load", help="Load rows of law from files")
    add_database(parser)
    parser.add_argument("path", nargs="?", type=Path, metavar="PATH", help="a file or a folder")


def run(arguments: argparse.Namespace) -> int:
    """Print what was added and changed, kind by kind."""
    settings = settings_of(arguments)
    migrate(settings)
    engine = build_engine(settings)
    try:
        for line in load_files(engine, INSTALLER, arguments.path):
            print(line, flush=True)
        for line in moved_dates(engine):
            print(line, flush=True)
    finally:
        engine.close()
    return 0


def moved_dates(engine: Engine) -> Iterator[str]:
    """Dates of dossiers that other calendars have moved, each with the old and the new one."""
    checked, moved = 0, 0
    while found := engine.check_clocks():
        checked += len(found)
        for root in found:
            for each in cast("Sequence[Mapping[str, str]]", root["moved"]):
                moved += 1
                where = each["elementId"] or each["name"]
                yield f"  {root['key']}  {where}: {each['old']} -> {each['new']}"
    if checked:
        yield f"{checked} dossiers checked, {moved} dates moved"
