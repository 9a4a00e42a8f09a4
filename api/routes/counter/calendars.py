"""The legal clock over HTTP: due dates with their derivation, and the days behind them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask import Response, request

from api.answers import answer
from api.calls import engine
from api.door import Door
from api.queries import show_page
from api.schemas.requests.clock import CalendarDays, ClockDue, DueAnswer
from engine.domain.clock import compute_due, parse_term
from engine.domain.clock.law import LegalCalendars, calendars_of
from engine.domain.clock.wire import day_document, due_document, pause_from
from engine.errors import Fault, InvalidInput
from engine.ports.views import Page

door = Door("Legal clock", __name__, url_prefix="/api")
_SPAN = timedelta(days=1100)
_DAY = {"type": "string", "format": "date"}
_QUERY = {
    "from": {**_DAY, "description": "First day (today)."},
    "to": {**_DAY, "description": "Last day (a year later); at most three years."},
    "unit": {"type": "string", "description": "Tree path such as 48/20242/; else national days."},
}


@door.operation("POST", "/clock/due", body=ClockDue, answers={200: DueAnswer})
def compute_due_date(body: Mapping[str, Any]) -> Response:
    """When a term ends, with one line per day."""
    law = _law()
    pauses = body.get("pauses") or ()
    due = compute_due(
        datetime.fromisoformat(body["from"]),
        parse_term(body["term"]),
        law.calendar(body.get("unit", ""), body.get("calendar", "processing")),
        cut_off=time.fromisoformat(body["cutOff"]) if "cutOff" in body else None,
        supplement=parse_term(body["supplement"]) if "supplement" in body else None,
        pauses=[pause_from(each, f"/pauses/{index}") for index, each in enumerate(pauses)],
    )
    return answer(due_document(due, law))


@door.operation("GET", "/calendars", query=_QUERY, answers={200: CalendarDays})
def list_calendar_days() -> Response:
    """Days off and worked by law between two dates, with rule and source."""
    today = datetime.now(UTC).astimezone(engine().settings.zone).date()
    first = _day("from") or today
    last = _day("to") or first + timedelta(days=366)
    if not timedelta() <= last - first <= _SPAN:
        raise _bad_query("to", "must lie within three years after from")
    unit = request.args.get("unit", "")
    found = [
        rule
        for rule in _law().day_rules
        if first <= rule.date <= last and unit.startswith(rule.unit)
    ]
    items = [day_document(rule) for rule in sorted(found, key=lambda rule: (rule.date, rule.unit))]
    return answer(show_page(Page(items=(), total=len(items)), items))


def _law() -> LegalCalendars:
    return engine().law().derived(calendars_of)


def _day(name: str) -> date | None:
    text = request.args.get(name)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise _bad_query(name, "must be a date such as 2026-11-24") from None


def _bad_query(name: str, sentence: str) -> InvalidInput:
    fault = Fault(pointer=name, code="format", sentence=f"{name} {sentence}.")
    return InvalidInput("A query parameter is not acceptable.", [fault])
