"""`motcua provision FILE …`: users, units, roles and skills from CSV or YAML; idempotent.

A wrong row is named with file and line, and then nothing is written.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from cli.init import INSTALLER
from cli.options import add_database, settings_of
from engine.bootstrap import build_engine, migrate
from engine.packages.provision import provision


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser(
        "provision", help="Bring units, users, roles and skills to what files say"
    )
    add_database(parser)
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="users.csv, YAML with `users:`, or files of law such as units.csv",
    )


def run(arguments: argparse.Namespace) -> int:
    """Show progress; the last line says how many changes there were."""
    settings = settings_of(arguments)
    migrate(settings)
    engine = build_engine(settings)
    try:
        for line in provision(engine, INSTALLER, arguments.files):
            print(line, flush=True)
    finally:
        engine.close()
    return 0
