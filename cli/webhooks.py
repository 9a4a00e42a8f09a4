"""`motcua webhooks`: list subscriptions, show what is dead, send again."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cli.options import add_database, settings_of
from engine.bootstrap import build_engine
from engine.commands.manage_webhooks import ReplayWebhook
from engine.domain.actors import Actor
from engine.errors import InvalidInput
from engine.ports.engine import Engine
from engine.ports.views import Condition, Query

# Whoever may read the database file may do this; it is noted as done at the console.
CONSOLE = Actor(name="console", roles=frozenset({"operator"}))


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser("webhooks", help="List webhooks, replay deliveries")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add_database(actions.add_parser("list", help="subscriptions with what waits and what is dead"))
    dead = actions.add_parser("dead", help="dead letters of one webhook")
    replay = actions.add_parser("replay", help="send again with the same ids")
    for each in (dead, replay):
        add_database(each)
        each.add_argument("key", type=int, help="key of the webhook")
    what = replay.add_mutually_exclusive_group(required=True)
    what.add_argument("--dead", action="store_true", help="all dead letters")
    what.add_argument("--since", metavar="INSTANT", help="2026-03-01T08:00:00+07:00")


def run(arguments: argparse.Namespace) -> int:
    """Do one action; 0 = done."""
    engine = build_engine(settings_of(arguments))
    try:
        _ACTIONS[arguments.action](engine, arguments)
    finally:
        engine.close()
    return 0


def _list(engine: Engine, _arguments: argparse.Namespace) -> None:
    page = engine.views.search("webhook", CONSOLE, Query(limit=1000))
    for row in page.items:
        print(_line(row))
    print(f"{page.total} webhooks")


def _line(row: Mapping[str, Any]) -> str:
    state = row["state"] + (f" ({row['reason']})" if row["reason"] else "")
    failing = (
        f", failing since {row['failing_since']:%Y-%m-%d %H:%M} UTC" if row["failing_since"] else ""
    )
    return (
        f"{row['key']}  {state:<20} {row['pending']} pending, {row['dead']} dead{failing}  "
        f"{row['label']}  {row['url']}"
    )


def _dead(engine: Engine, arguments: argparse.Namespace) -> None:
    where = (
        Condition(field="webhook_key", op="eq", value=arguments.key),
        Condition(field="state", op="eq", value="DEAD"),
    )
    page = engine.views.search("webhook_delivery", CONSOLE, Query(where=where, limit=1000))
    for row in page.items:
        why = row["failure"] or f"status {row['status']}"
        print(f"{row['root_key']}-{row['seq']}  {row['type']}  {row['attempts']} attempts, {why}")
    print(f"{page.total} dead letters")


def _replay(engine: Engine, arguments: argparse.Namespace) -> None:
    since = _instant(arguments.since) if arguments.since else None
    command = ReplayWebhook(key=arguments.key, dead=arguments.dead, since=since)
    result = engine.execute(command, CONSOLE).result
    if arguments.dead:
        print(f"{result['revived']} dead letters are on their way again.")
    else:
        print(f"{result['looked_at']} events are looked at; the worker sends what is wanted.")


def _instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise InvalidInput("--since needs an instant with an offset: 2026-03-01T08:00:00+07:00.")
    return at


_ACTIONS = {"list": _list, "dead": _dead, "replay": _replay}
