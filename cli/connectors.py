"""`motcua connectors`: whom the procedures ask, and how these systems are doing."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from cli.operating import add_database, operator, settings_of
from engine.bootstrap import build_engine
from engine.commands.connectors import ListConnectors


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser("connectors", help="Systems we ask, and how they are doing")
    parser.add_argument("--lang", choices=("vi", "en"), default="vi")
    add_database(parser)


def run(arguments: argparse.Namespace) -> int:
    """1 when one of them is down."""
    settings = settings_of(arguments)
    engine = build_engine(settings)
    try:
        found: Any = engine.execute(ListConnectors(), operator()).result["connectors"]
        for row in found:
            print(_line(row, arguments.lang, settings.zone))
    finally:
        engine.close()
    down = sum(row["state"] == "down" for row in found)
    print(f"{len(found)} connectors, {down} down.")
    return 1 if down else 0


def _line(row: Mapping[str, Any], lang: str, zone: ZoneInfo) -> str:
    name = row["name"].get(lang) or row["name"].get("vi", "")
    success = _at(row["last_success"], zone)
    trouble = f", {row['failures']} failures ({row['reason']})" if row["failures"] else ""
    closed = f" until {_at(row['maintenance_until'], zone)}" if row["maintenance_until"] else ""
    return (
        f"{row['id']}  {row['state']}{closed}  last success {success}{trouble}\n"
        f"    {name}; {row['owner']}; {row['legal_basis']}"
    )


def _at(moment: datetime | None, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" if moment else "never"
