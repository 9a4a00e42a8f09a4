"""`motcua restore FOLDER`: load a backup into a database without data, then examine it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from cli.options import add_database, settings_of
from engine.store.backup import restore
from engine.store.doctor import examine


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser("restore", help="Load a backup into an empty installation")
    parser.add_argument("folder", type=Path, help="what motcua backup wrote")
    add_database(parser)


def run(arguments: argparse.Namespace) -> int:
    """0 when it is loaded and the doctor finds it healthy."""
    settings = settings_of(arguments)
    made = restore(settings, arguments.folder, lambda line: print(line, flush=True))
    print(f"Restored the backup of {made.made_at}.")
    diagnosis = examine(settings)
    for trouble in diagnosis.troubles:
        print(f"{trouble.severity:<7} {trouble.place} {trouble.sentence}")
    print(f"{diagnosis.roots} roots with {diagnosis.events} events examined.")
    return 0 if diagnosis.is_healthy else 1
