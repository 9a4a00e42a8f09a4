"""Give a dossier the next number of a register, and print a register's book of a year.

Two regimes, both rows of law: document numbers per type and certification books.
Both begin anew on 1 January for each unit, without gap and never used twice.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import Context, Result
from engine.commands.dossier_guards import locked_dossier, require_part
from engine.commands.print_paper import require_register, unit_name
from engine.domain.events import NumberIssued
from engine.domain.law import LawRow
from engine.domain.papers import build_book
from engine.errors import Forbidden, InvalidInput, NotFound

_RECORDS = ("records",)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueNumber:
    """``register`` is the id of a number register of the law."""

    code: str
    register: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintBook:
    """The numbers of one register, unit and year (this year)."""

    register: str
    year: int | None = None
    unit: str | None = None


def issue_number(command: IssueNumber, context: Context) -> Result:
    dossier, _ = locked_dossier(context, command.code)
    require_part(context.actor, dossier, _RECORDS)
    now = context.uow.now.astimezone(context.settings.zone)
    row = _register(context, command.register)

    key = context.uow.next_key()
    series = series_of(row, dossier.visibility.unit_id, now.year)
    # The counter's row stays locked from here to the commit, so it comes last.
    number = context.uow.papers.next_number(series, context.actor.tenant_id)
    written = render(row, number, now.year)
    event = NumberIssued(
        key=key,
        register=row.id,
        series=series,
        number=number,
        text=written,
        by=context.actor.name,
        code=dossier.code,
    )
    context.uow.record(dossier.key, event)
    return {"key": key, "number": number, "text": written, "register": row.id, "year": now.year}


def print_book(command: PrintBook, context: Context) -> Result:
    require_register(context.actor)
    row = _register(context, command.register)
    unit = context.actor.unit_id if command.unit is None else command.unit
    if not unit.startswith(context.actor.unit_id):
        raise Forbidden("That unit is none of yours.", code="unit-foreign")
    year = command.year or context.uow.now.astimezone(context.settings.zone).year
    if not 1975 <= year <= 2200:
        raise InvalidInput("There is no book of that year.", code="period")
    series = series_of(row, unit, year)
    rows = [
        (text, code, at.astimezone(context.settings.zone), by)
        for text, code, at, by in context.uow.papers.issued(series, context.actor.tenant_id)
    ]
    name = row.words("name").get("vi", row.id)
    paper = build_book(unit_name(context, unit), name, year, rows)
    return {
        "once_data": paper.document(watermark="DÙNG THỬ" if context.settings.demo else ""),
        "made_at": context.uow.now.isoformat(),
    }


def series_of(row: LawRow, unit: str, year: int) -> str:
    """What a counter counts under: a register of one unit and year."""
    return f"{row.id}|{unit}|{year}"


def render(row: LawRow, number: int, year: int) -> str:
    """The number as it is written."""
    width = int(row.text("width", "1"))
    written = row.text("pattern").replace("{number}", f"{number:0{width}d}")
    return written.replace("{year}", str(year))


def _register(context: Context, id: str) -> LawRow:
    day = context.uow.now.astimezone(context.settings.zone).date()
    row = context.law.find("number-register", id, day)
    if row is None:
        raise NotFound("There is no such register of numbers.", code="register-unknown")
    return row
