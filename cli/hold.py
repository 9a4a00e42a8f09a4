"""`motcua hold KEY --reason WHY`: a legal hold; nothing of the instance is removed or erased."""

from __future__ import annotations

import argparse
from typing import Any

from cli.operating import add_database, operator, settings_of
from engine.bootstrap import build_engine
from engine.commands.keep_history import HoldInstance, ReleaseInstance


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser("hold", help="Keep an instance from removal and erasure")
    parser.add_argument("key", type=int, help="key of the instance; all of its root is held")
    parser.add_argument("--release", action="store_true", help="let it go again")
    parser.add_argument("--reason", help="why; it is kept")
    add_database(parser)


def run(arguments: argparse.Namespace) -> int:
    """Hold or release."""
    kind = ReleaseInstance if arguments.release else HoldInstance
    engine = build_engine(settings_of(arguments))
    try:
        engine.execute(kind(key=arguments.key, reason=arguments.reason), operator())
    finally:
        engine.close()
    print(f"Instance {arguments.key} is {'released' if arguments.release else 'held'}.")
    return 0
