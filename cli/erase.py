"""`motcua erase KEY`: what persons gave goes, the chain stays; `--list` for restored backups."""

from __future__ import annotations

import argparse
import json
from typing import Any

from api.instants import format_instant
from cli.operating import add_database, operator, settings_of
from engine.bootstrap import build_engine
from engine.commands.keep_history import EraseInstance
from engine.errors import InvalidInput
from engine.repair.erasures import erasures


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser("erase", help="Erase what persons gave to an ended instance")
    parser.add_argument("key", type=int, nargs="?", help="key of the ended instance")
    parser.add_argument(
        "--list", action="store_true", help="print all erasures, for motcua restore --erasures"
    )
    add_database(parser)


def run(arguments: argparse.Namespace) -> int:
    """Erase one, or list all."""
    if arguments.key is None and not arguments.list:
        raise InvalidInput("Name the instance: motcua erase KEY, or --list.")
    engine = build_engine(settings_of(arguments))
    try:
        if arguments.key is not None:
            result = engine.execute(EraseInstance(key=arguments.key), operator()).result
            word = "is erased" if result["erased"] else "was erased before"
            print(f"Instance {result['key']} {word}. Keep the list: motcua erase --list > FILE")
        else:
            for row in erasures(engine, operator()):
                at: Any = row["at"]
                held = {"rootKey": str(row["key"]), "by": row["by"], "at": format_instant(at)}
                print(json.dumps(held, ensure_ascii=False))
    finally:
        engine.close()
    return 0
