"""`motcua restore FOLDER`: load a backup into a database without data, then examine it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from cli.operating import add_database, operator, settings_of
from engine.bootstrap import build_engine
from engine.repair.erasures import replay_erasures
from engine.store.backup import restore
from engine.store.doctor import examine


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser("restore", help="Load a backup into an empty installation")
    parser.add_argument("folder", type=Path, help="what motcua backup wrote")
    parser.add_argument(
        "--erasures",
        type=Path,
        metavar="FILE",
        help="what motcua erase --list wrote: erased after the backup, erased again now",
    )
    add_database(parser)


def run(arguments: argparse.Namespace) -> int:
    """0 when it is loaded and the doctor finds it healthy."""
    settings = settings_of(arguments)
    made = restore(settings, arguments.folder, lambda line: print(line, flush=True))
    print(f"Restored the backup of {made.made_at}.")
    if arguments.erasures is not None:
        engine = build_engine(settings)
        try:
            erased = replay_erasures(engine, operator(), arguments.erasures)
        finally:
            engine.close()
        print(f"{erased} erasures repeated.")
    diagnosis = examine(settings)
    for trouble in diagnosis.troubles:
        print(f"{trouble.severity:<7} {trouble.place} {trouble.sentence}")
    print(f"{diagnosis.roots} roots with {diagnosis.events} events examined.")
    return 0 if diagnosis.is_healthy else 1
