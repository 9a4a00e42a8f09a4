"""`motcua cleanup`: remove ended instances whose time is over; --keep says how long they stay."""

from __future__ import annotations

import argparse
from typing import Any

from cli.operating import add_database, operator, settings_of
from engine.bootstrap import build_engine
from engine.commands.keep_history import CleanUp, SetRetention
from engine.errors import InvalidInput

_BATCH = 100


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser("cleanup", help="Remove ended instances whose time is over")
    parser.add_argument(
        "--keep",
        action="append",
        default=[],
        metavar="SUBJECT=DAYS",
        help="process:<id>=365 or procedure:<code>=3650; DAYS never ends the rule; removes nothing",
    )
    parser.add_argument("--limit", type=int, default=10_000, help="at most so many (10000)")
    add_database(parser)


def run(arguments: argparse.Namespace) -> int:
    """Set rules, or remove in batches."""
    rules = [_rule(word) for word in arguments.keep]
    engine = build_engine(settings_of(arguments))
    try:
        for rule in rules:
            engine.execute(rule, operator())
            days = "no rule" if rule.days is None else f"{rule.days} days after the end"
            print(f"{rule.subject}: {days}")
        if not rules:
            print(f"{_remove(engine, arguments.limit)} instances removed.")
    finally:
        engine.close()
    return 0


def _remove(engine: Any, limit: int) -> int:
    engine.relay()
    engine.seal()
    gone = 0
    while gone < limit:
        done = engine.execute(CleanUp(limit=min(_BATCH, limit - gone)), operator()).result
        gone += done["removed"]
        if not (done["removed"] or done["scheduled"]):
            break
    return gone


def _rule(word: str) -> SetRetention:
    subject, equals, days = word.rpartition("=")
    if not equals or not (days.isdigit() or days == "never"):
        raise InvalidInput(f"'{word}' is no SUBJECT=DAYS.")
    return SetRetention(subject=subject, days=None if days == "never" else int(days))
