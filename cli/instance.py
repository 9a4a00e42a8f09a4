"""`motcua instance suspend|resume|set KEY`: stop an instance, let it move again, set variables."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from cli.operating import add_database, operator, settings_of
from engine.bootstrap import build_engine
from engine.commands.set_variables import SetVariables
from engine.commands.suspend_instance import ResumeInstance, SuspendInstance
from engine.errors import InvalidInput

_DONE = {
    "suspend": "Instance {key} stands still: no task, job, timer or message moves it.",
    "resume": "Instance {key} moves again; due timers and kept messages were caught up with.",
    "set": "The variables of {key} are set; what failed is tried again by motcua incidents retry.",
}


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser("instance", help="Suspend or resume an instance, set variables")
    parser.add_argument("action", choices=tuple(_DONE))
    parser.add_argument("key", type=int, help="key of the root instance; set: or of an element")
    parser.add_argument("values", nargs="*", metavar="NAME=JSON", help="set: names and values")
    parser.add_argument("--reason", help="why; procedures ask for it")
    add_database(parser)


def run(arguments: argparse.Namespace) -> int:
    """Send the command as the person at this terminal."""
    command = _command(arguments)
    engine = build_engine(settings_of(arguments))
    try:
        engine.execute(command, operator())
    finally:
        engine.close()
    print(_DONE[arguments.action].format(key=arguments.key))
    return 0


def _command(arguments: argparse.Namespace) -> object:
    if arguments.action == "suspend":
        return SuspendInstance(key=arguments.key, reason=arguments.reason)
    if arguments.action == "resume":
        return ResumeInstance(key=arguments.key, reason=arguments.reason)
    return SetVariables(
        scope_key=arguments.key, variables=_values(arguments.values), reason=arguments.reason
    )


def _values(words: Sequence[str]) -> dict[str, object]:
    if not words:
        raise InvalidInput("Name at least one variable: motcua instance set KEY fee=12000.")
    found: dict[str, object] = {}
    for word in words:
        name, equals, text = word.partition("=")
        if not equals or not name:
            raise InvalidInput(f"'{name}' is no NAME=JSON.")
        try:
            found[name] = json.loads(text, parse_float=Decimal)
        except ValueError:
            raise InvalidInput(
                f"The value of '{name}' is no JSON; a text stands in quotes: '{name}=\"…\"'."
            ) from None
    return found
