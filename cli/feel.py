"""`motcua feel 'expr' --context file.json`: evaluate a FEEL expression and explain it.

Shows the value, what each part was worth and why something became null; a wrong
expression is shown with the place marked. Needs no database and changes nothing.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.errors import InvalidInput
from engine.feel import (
    Environment,
    FeelError,
    FeelSyntaxError,
    Inspection,
    compile_expression,
    display,
    from_json,
    inspect_expression,
    inspect_tests,
    normalized,
    parse_date_time,
    to_datetime,
    type_of,
)


def register(subparsers: Any) -> None:
    """Arguments of the command."""
    parser = subparsers.add_parser("feel", help="Evaluate a FEEL expression and explain it")
    parser.add_argument("expression", metavar="EXPR", help="with or without '=' in front")
    parser.add_argument(
        "--context", metavar="FILE", help="JSON object with the variables; - for standard input"
    )
    parser.add_argument(
        "--test", metavar="VALUE", help="read EXPR as a decision table cell and test VALUE (FEEL)"
    )
    parser.add_argument("--now", metavar="TIME", help="what now() is, such as 2026-03-02T09:00:00")
    parser.add_argument(
        "--zone", default="Asia/Ho_Chi_Minh", help="time zone (default: %(default)s)"
    )
    parser.add_argument("--json", action="store_true", help="write one JSON document")


def run(arguments: argparse.Namespace) -> int:
    """0 when there is a value (null too), 1 when the expression is wrong."""
    context = _context(arguments.context)
    env = _environment(arguments.now, arguments.zone)
    if arguments.test is None:
        inspection = inspect_expression(arguments.expression, context, env)
    else:
        value = compile_expression(arguments.test, context).evaluate(context, env)
        inspection = inspect_tests(arguments.expression, value, context, env)
    if arguments.json:
        print(json.dumps(inspection.as_json(), ensure_ascii=False, indent=2, default=_number))
    else:
        _show(inspection)
    return 1 if inspection.failed else 0


def _context(name: str | None) -> dict[str, object]:
    if name is None:
        return {}
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
        data = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise InvalidInput(f"{name} cannot be read: {reason}.", code="no-such-file") from None
    except (ValueError, RecursionError) as error:
        raise InvalidInput(f"{name} is no JSON: {error}.", code="bad-context") from None
    if not isinstance(data, dict):
        sentence = f'{name} must hold a JSON object such as {{"amount": 1500}}.'
        raise InvalidInput(sentence, code="bad-context")
    return {normalized(name): from_json(value) for name, value in data.items()}


def _environment(now: str | None, zone_name: str) -> Environment:
    try:
        zone = ZoneInfo(zone_name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidInput(f"There is no time zone {zone_name!r}.", code="bad-zone") from None
    if now is None:
        return Environment(zone=zone)
    moment = parse_date_time(now)
    if moment is None:
        sentence = f"--now {now}: write a date and time such as 2026-03-02T09:00:00."
        raise InvalidInput(sentence, code="bad-time")
    pinned = to_datetime(moment)
    if pinned.tzinfo is None:
        pinned = pinned.replace(tzinfo=zone)
    return Environment(now=lambda: pinned.astimezone(UTC), zone=zone)


def _number(value: object) -> object:
    """Numbers as JSON numbers where that keeps them, else as text."""
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value() and abs(value) < 2**53
        return int(value) if whole else _float_or_text(value)
    return str(value)


def _float_or_text(value: Decimal) -> object:
    near = float(value)
    return near if Decimal(repr(near)) == value else str(value)


def _show(inspection: Inspection) -> None:
    if inspection.error is not None:
        _show_error(inspection.text, inspection.error)
        return
    print(f"{display(inspection.value)}    ({type_of(inspection.value)})")
    parts = [part for part in inspection.parts if part.text != inspection.text]
    if parts:
        print("\nparts:")
        width = min(max(len(_one_line(part.text)) for part in parts), 48)
        for part in parts:
            times = f"    (last of {part.times})" if part.times > 1 else ""
            print(f"  {_one_line(part.text):<{width}}  {display(part.value, 200)}{times}")
    if inspection.warnings:
        print("\nbecame null:")
        for warning in inspection.warnings:
            print(f"  {_place(inspection.text, warning.position)}: {warning.message}")


def _show_error(text: str, error: FeelError) -> None:
    print(f"error: {error}", file=sys.stderr)
    if isinstance(error, FeelSyntaxError) and text:
        line = text.splitlines()[error.line - 1] if error.line <= len(text.splitlines()) else ""
        print(f"  {line}\n  {' ' * (error.column - 1)}^", file=sys.stderr)


def _place(text: str, position: int) -> str:
    before = text[:position]
    line = before.count("\n") + 1
    column = position - (before.rfind("\n") + 1) + 1
    return f"line {line}, column {column}" if "\n" in text else f"column {column}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
