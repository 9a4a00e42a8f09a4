"""`motcua backup FOLDER`: rows of one moment and all blobs, with checksums; others may go on."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from cli.options import add_database, settings_of
from engine.store.backup import backup


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser("backup", help="Write the whole installation into a folder")
    parser.add_argument("folder", type=Path, help="a folder that does not exist yet")
    add_database(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write it, telling each table."""
    made = backup(settings_of(arguments), arguments.folder, lambda line: print(line, flush=True))
    rows = sum(table.rows for table in made.tables)
    print(f"{arguments.folder}: {rows} rows, {made.blobs} blobs, schema {made.revision}.")
    return 0
