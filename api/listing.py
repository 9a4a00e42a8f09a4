"""Lists that come from memory: a limit, a cursor that names the last row, a day, words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from flask import request

from api.calls import engine
from api.queries import show_page
from engine.domain.text import fold
from engine.errors import Fault, InvalidInput
from engine.ports.views import Page

T = TypeVar("T")
MOST, USUAL = 1000, 100
DAY = {"type": "string", "format": "date"}
PAGING = {
    "limit": {
        "type": "integer",
        "minimum": 0,
        "maximum": MOST,
        "description": f"Most items to answer ({USUAL}).",
    },
    "after": {"type": "string", "description": "endCursor of the page before."},
}
LISTING = {
    **PAGING,
    "q": {"type": "string", "description": "Words, with or without diacritics."},
    "on": {**DAY, "description": "Day the answer is for (today)."},
}


def today() -> date:
    """The day in the installation's zone."""
    return datetime.now(UTC).astimezone(engine().settings.zone).date()


def day_asked() -> date:
    """``on`` of the query, else today."""
    return day_of(request.args.get("on"))


def day_of(text: str | None) -> date:
    """A date as written, else today."""
    if text is None:
        return today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise bad_query("on", "must be a date such as 2026-11-24") from None


def words_asked() -> list[str]:
    """Words of ``q``, folded."""
    return fold(request.args.get("q", "")).split()


def page_of(rows: Sequence[T], key: Callable[[T], str], show: Callable[[T], Any]) -> dict[str, Any]:
    """A page of rows sorted by ``key``."""
    limit, after = _limit(), request.args.get("after")
    begin = 0
    if after is not None:
        begin = next((n for n, row in enumerate(rows) if key(row) > after), len(rows))
    shown = rows[begin : begin + limit]
    page = Page(
        items=(),
        total=len(rows),
        has_more_total=False,
        start_cursor=key(shown[0]) if shown else None,
        end_cursor=key(shown[-1]) if shown else None,
    )
    return show_page(page, [show(row) for row in shown])


def one_of(asked: Mapping[str, Any], name: str, choices: tuple[str, ...]) -> str | None:
    """A parameter that has few values; None when it is absent."""
    value = asked.get(name)
    if value is not None and value not in choices:
        raise bad_query(name, f"must be one of {', '.join(choices)}")
    return value


def bad_query(name: str, sentence: str) -> InvalidInput:
    """A parameter nobody can act on."""
    fault = Fault(pointer=name, code="format", sentence=f"{name} {sentence}.")
    return InvalidInput("A query parameter is not acceptable.", [fault])


def _limit() -> int:
    text = request.args.get("limit", str(USUAL))
    if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text) <= MOST):
        raise bad_query("limit", f"must be a number between 0 and {MOST}")
    return int(text)
