"""`motcua incidents list|explain|retry`: what is stuck, why, and the same remedy for many."""

from __future__ import annotations

import argparse
from typing import Any

from cli.operating import add_database, operator, settings_of
from engine.bootstrap import build_engine
from engine.errors import InvalidInput
from engine.ports.engine import Engine
from engine.ports.views import Condition, Query
from engine.repair import explain, retry_incidents
from engine.repair.screen import lines

_FILTERS = {
    "key": ("key", int, "key of the incident"),
    "instance": ("instance_key", int, "key of the process instance"),
    "root": ("root_key", int, "key of the root instance: what it called counts too"),
    "process": ("process_id", str, "process id"),
    "element": ("element_id", str, "element id"),
    "type": ("error_type", str, "error type, such as JOB_NO_RETRIES"),
    "procedure": ("procedure_code", str, "procedure code"),
}


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser("incidents", help="List, explain and retry what is stuck")
    parser.add_argument("action", choices=("list", "explain", "retry"))
    parser.add_argument("incident", nargs="?", type=int, help="explain: key of the incident")
    for name, (_, kind, text) in _FILTERS.items():
        parser.add_argument(f"--{name}", type=kind, help=text)
    parser.add_argument("--all", action="store_true", help="list: resolved ones too; retry: all")
    parser.add_argument("--retries", type=int, metavar="N", help="retry: tries the job gets")
    parser.add_argument("--limit", type=int, default=1000, help="at most so many (1000)")
    parser.add_argument("--lang", choices=("vi", "en"), default="vi")
    add_database(parser)


def run(arguments: argparse.Namespace) -> int:
    """List and retry end with 1 when something is (still) stuck."""
    settings = settings_of(arguments)
    engine = build_engine(settings)
    try:
        if arguments.action == "explain":
            key = arguments.incident or arguments.key
            if key is None:
                raise InvalidInput("Name the incident: motcua incidents explain KEY.")
            print(*lines(explain(engine.views, operator(), key), arguments.lang, settings.zone),
                  sep="\n")  # fmt: skip
            return 0
        return _list(engine, arguments) if arguments.action == "list" else _retry(engine, arguments)
    finally:
        engine.close()


def _query(arguments: argparse.Namespace, *more: Condition) -> Query:
    asked = {row: getattr(arguments, name) for name, (row, _, _) in _FILTERS.items()}
    if arguments.incident is not None:
        asked["key"] = arguments.incident
    where = [
        Condition(field=row, op="eq", value=value)
        for row, value in asked.items()
        if value is not None
    ]
    return Query(where=(*where, *more), sort=(("key", "asc"),), limit=min(arguments.limit, 10_000))


def _list(engine: Engine, arguments: argparse.Namespace) -> int:
    more = () if arguments.all else (Condition(field="state", op="eq", value="ACTIVE"),)
    page = engine.views.search("incident", operator(), _query(arguments, *more))
    for row in page.items:
        print(
            f"{row['key']}  {row['error_type']}  {row['process_id']} v{row['process_version']}  "
            f"{row['element_id']}  {row['created_at']:%Y-%m-%d %H:%M}  {row['message']}"
        )
    print(f"{page.total} incidents; motcua incidents explain KEY tells more of one.")
    return 1 if any(row["state"] == "ACTIVE" for row in page.items) else 0


def _retry(engine: Engine, arguments: argparse.Namespace) -> int:
    query = _query(arguments)
    if not query.where and not arguments.all:
        raise InvalidInput("Say which: --key, --instance, --process, --element, --type, or --all.")
    stuck = done = 0
    for outcome in retry_incidents(
        engine, operator(), query, retries=arguments.retries, most=arguments.limit
    ):
        done += 1
        stuck += outcome.result != "resolved"
        why = f"  {outcome.code}: {outcome.sentence}" if outcome.code else ""
        print(f"{outcome.incident_key}  {outcome.element_id}  {outcome.result}{why}")
    print(f"{done} retried, {stuck} still stuck.")
    return 1 if stuck else 0
