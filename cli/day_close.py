"""`motcua day-close --unit 48/20242/`: what a unit received, solved and owes at the end of a day.

Reads the database; `--json` writes all codes behind the figures.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from cli.options import add_database, settings_of
from engine.bootstrap import build_engine
from engine.domain.actors import Actor
from engine.errors import InvalidInput


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser("day-close", help="Close a unit's day")
    add_database(parser)
    parser.add_argument("--unit", required=True, metavar="PATH", help="tree path: 48/20242/")
    parser.add_argument("--day", metavar="DATE", help="default: today")
    parser.add_argument("--json", action="store_true", help="one JSON document with all codes")


def run(arguments: argparse.Namespace) -> int:
    """0; the figures are printed."""
    settings = settings_of(arguments)
    # Whoever may read the database sees the unit's sealed dossiers too, as the unit does.
    closer = Actor(name="day-close", roles=frozenset({"supervisor"}), unit_id=arguments.unit)
    engine = build_engine(settings)
    try:
        figures = engine.views.day(closer, arguments.unit, _day(arguments.day), settings.zone)
    finally:
        engine.close()
    if arguments.json:
        print(json.dumps(figures, ensure_ascii=False, indent=2))
    else:
        _show(figures)
    return 0


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise InvalidInput("--day must be a date such as 2026-11-23.") from None


def _show(figures: Mapping[str, Any]) -> None:
    print(f"{figures['unit']} {figures['day']}")
    received, solved, overdue = figures["received"], figures["solved"], figures["overdue"]
    _line("Tiếp nhận", received["count"], _parts(received["byChannel"]))
    kinds = {"đúng hạn": solved["onTime"], "quá hạn": solved["late"]}
    _line("Đã giải quyết", solved["count"], _parts(kinds))
    ended = figures["ended"]
    kinds = {"không tiếp nhận": ended["notAccepted"], "dừng, từ chối": ended["stopped"]}
    _line("Kết thúc không có kết quả", ended["count"], _parts(kinds))
    _line("Quá hạn chưa xong", overdue["count"], _parts(overdue["byCause"]))
    if overdue["codes"]:
        print(f"    {' '.join(overdue['codes'])}")
    _line("Hồ sơ liên kết (không tính hai lần)", figures["linked"]["count"], "")
    cash = figures["cash"]
    print(f"Thu {_dong(cash['payments'])}; hoàn {_dong(cash['refunds'])}; còn {cash['net']:,} đồng")
    print(f"Tiền mặt trong quỹ: {cash['till']:,} đồng, {cash['receipts']} biên lai")


def _line(what: str, count: int, parts: str) -> None:
    print(f"{what}: {count}{f' ({parts})' if parts else ''}")


def _parts(figures: Mapping[str, Mapping[str, Any]]) -> str:
    return ", ".join(f"{name} {one['count']}" for name, one in figures.items() if one["count"])


def _dong(sums: Mapping[str, int]) -> str:
    return ", ".join(f"{method} {amount:,}" for method, amount in sums.items()) or "0"
