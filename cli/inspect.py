"""`motcua inspect KEY`: where an instance stands, what it waits for, what went wrong."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from cli.init import INSTALLER
from cli.options import add_database, settings_of
from engine.bootstrap import build_engine
from engine.errors import NotFound
from engine.ports.views import Condition, Noun, Query, Views


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser("inspect", help="Show an instance")
    add_database(parser)
    parser.add_argument("key", type=int, help="key of the process instance")


def run(arguments: argparse.Namespace) -> int:
    """Print the instance; values of variables are never printed, only their names."""
    engine = build_engine(settings_of(arguments))
    try:
        views = engine.views
        row = views.get("process_instance", INSTALLER, arguments.key)
        if row is None:
            raise NotFound(f"There is no process instance {arguments.key}.")
        version = f"{row['process_id']} v{row['process_version']}"
        print(f"{version}  {row['state']}  started {row['started_at']}")
        for title, noun, state, columns in _SECTIONS:
            _print(title, _rows(views, noun, arguments.key, state), columns)
    finally:
        engine.close()
    return 0


_SECTIONS: tuple[tuple[str, Noun, str | None, tuple[str, ...]], ...] = (
    ("Active elements", "element_instance", "ACTIVE", ("key", "element_id", "element_type")),
    ("Open tasks", "user_task", "CREATED", ("key", "element_id", "name", "due_at")),
    ("Incidents", "incident", "ACTIVE", ("key", "element_id", "error_type", "message")),
    ("Variables", "variable", None, ("name",)),
)


def _rows(
    views: Views, noun: Noun, key: int, state: str | None
) -> tuple[Mapping[str, object], ...]:
    where = [Condition(field="instance_key", op="eq", value=key)]
    if state is not None:
        where.append(Condition(field="state", op="eq", value=state))
    return views.search(noun, INSTALLER, Query(where=tuple(where))).items


def _print(title: str, rows: tuple[Mapping[str, object], ...], columns: tuple[str, ...]) -> None:
    if rows:
        print(f"\n{title}")
    for row in rows:
        print("  " + "  ".join(str(row.get(column) or "-") for column in columns))
