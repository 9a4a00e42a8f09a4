"""The shipped rows of law, for tests that count real days."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from engine.domain.clock import Due, WorkCalendar, compute_due, parse_term
from engine.domain.clock.calendar import HANOI
from engine.domain.clock.law import LegalCalendars
from engine.domain.law import LawBook, LawRow, book_of
from engine.packages.law import read_law

FOLDER = Path("processes/_law/calendar")
ROWS = read_law(FOLDER)
LAW = LegalCalendars(book_of(ROWS))


def book_without(*keys: tuple[str, str]) -> LawBook:
    """The shipped law without some rows (kind, id)."""
    return book_of(row for row in ROWS if (row.kind, row.id) not in keys)


def book_with(*rows: LawRow) -> LawBook:
    """The shipped law and more rows; equal keys are overwritten."""
    return book_of({row.key: row for row in (*ROWS, *rows)}.values())


def at(text: str) -> datetime:
    """A moment in Hà Nội."""
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


def due(start: str, term: str, calendar: WorkCalendar | None = None, **more: object) -> Due:
    """Due by the shipped law, or by another calendar."""
    return compute_due(at(start), parse_term(term), calendar or LAW.calendar(), **more)  # type: ignore[arg-type] # keywords pass through
