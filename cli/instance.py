"""`motcua instance suspend|resume KEY --reason WHY`: stop an instance, let it move again."""

from __future__ import annotations

import argparse
from typing import Any

from cli.operating import add_database, operator, settings_of
from engine.bootstrap import build_engine
from engine.commands.suspend_instance import ResumeInstance, SuspendInstance

_DONE = {
    "suspend": "Instance {key} stands still: no task, job, timer or message moves it.",
    "resume": "Instance {key} moves again; due timers and kept messages were caught up with.",
}


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser("instance", help="Suspend or resume a process instance")
    parser.add_argument("action", choices=tuple(_DONE))
    parser.add_argument("key", type=int, help="key of the root instance")
    parser.add_argument("--reason", help="why; procedures ask for it")
    add_database(parser)


def run(arguments: argparse.Namespace) -> int:
    """Send the command as the person at this terminal."""
    kind = SuspendInstance if arguments.action == "suspend" else ResumeInstance
    engine = build_engine(settings_of(arguments))
    try:
        engine.execute(kind(key=arguments.key, reason=arguments.reason), operator())
    finally:
        engine.close()
    print(_DONE[arguments.action].format(key=arguments.key))
    return 0
