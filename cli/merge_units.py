"""`motcua merge-units --from 20227,20230 --into 20242 --on DATE --decision NO`.

Open dossiers and processes move to the unit that takes over, with the people;
codes, receipts and signatures stay. May be run again after an interruption.
"""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from cli.init import INSTALLER
from cli.options import add_database, settings_of
from engine.bootstrap import build_engine, migrate
from engine.commands.merge_units import MergeUnits
from engine.errors import InvalidInput
from engine.packages.merging import merge


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser("merge-units", help="Merge communes by decision")
    add_database(parser)
    parser.add_argument("--from", dest="units", required=True, help="codes, such as 20227,20230")
    parser.add_argument("--into", required=True, help="code of the unit that takes over")
    parser.add_argument("--on", required=True, help="first day, such as 2026-12-01")
    parser.add_argument("--decision", required=True, help="number of the decision")
    parser.add_argument("--source", help="where it is published (default: the decision)")
    parser.add_argument("--name", help="name of the new unit, when it gets one")
    parser.add_argument("--kind", help="xã, phường, đặc khu (default: as the first old one)")


def run(arguments: argparse.Namespace) -> int:
    """Show what moves."""
    try:
        on = date.fromisoformat(arguments.on)
    except ValueError:
        raise InvalidInput(f"--on {arguments.on}: write 2026-12-01.", code="bad-date") from None
    settings = settings_of(arguments)
    migrate(settings)
    engine = build_engine(settings)
    command = MergeUnits(
        units=tuple(code.strip() for code in arguments.units.split(",") if code.strip()),
        into=arguments.into,
        on=on,
        decision=arguments.decision,
        source=arguments.source or arguments.decision,
        name=arguments.name,
        kind=arguments.kind,
    )
    try:
        for line in merge(engine, INSTALLER, command):
            print(line, flush=True)
    finally:
        engine.close()
    return 0
