"""`motcua modify KEY --move A:B --preview`: put an instance right by hand, all or nothing."""

from __future__ import annotations

import argparse
from typing import Any

from cli.operating import add_database, operator, settings_of
from engine.bootstrap import build_engine
from engine.commands.modify_instance import ModifyInstance
from engine.errors import InvalidInput
from engine.ports.repair import Activation, Modification, Move, Termination
from engine.repair.plans import screen, tell


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser("modify", help="Begin, move and end elements of an instance")
    parser.add_argument("key", type=int, help="key of the process instance, root or called")
    parser.add_argument("--activate", action="append", default=[], metavar="ID")
    parser.add_argument("--move", action="append", default=[], metavar="FROM:TO")
    parser.add_argument(
        "--terminate",
        action="append",
        default=[],
        metavar="ID|KEY",
        help="an element, or one of it",
    )
    parser.add_argument("--reason", help="why; procedures ask for it")
    parser.add_argument("--preview", action="store_true", help="tell what would happen, only")
    parser.add_argument("--lang", choices=("vi", "en"), default="vi")
    add_database(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the plan with --preview; do it without."""
    command = ModifyInstance(
        key=arguments.key,
        changes=Modification(
            activate=tuple(Activation(element_id=name) for name in arguments.activate),
            move=tuple(_move(pair) for pair in arguments.move),
            terminate=tuple(_meant(word) for word in arguments.terminate),
        ),
        reason=arguments.reason,
        preview=arguments.preview,
    )
    settings = settings_of(arguments)
    engine = build_engine(settings)
    try:
        result: Any = engine.execute(command, operator()).result
        if arguments.preview:
            told = tell(engine.views, operator(), result["plan"], settings.zone)
            print(*screen(told, arguments.lang), sep="\n")
            return 0
    finally:
        engine.close()
    print(f"Instance {arguments.key} is changed.")
    return 0


def _move(pair: str) -> Move:
    source, colon, target = pair.partition(":")
    if not (source and colon and target):
        raise InvalidInput(f"'{pair}' is no FROM:TO.")
    return Move(source=_meant(source), target_id=target)


def _meant(word: str) -> Termination:
    if word.isdigit():
        return Termination(element_key=int(word))
    return Termination(element_id=word)
