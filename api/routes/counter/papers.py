"""Papers over HTTP: forms of a dossier, the register, numbers and their books, as PDF."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Response, request

from api.answers import answer
from api.calls import actor, engine, run
from api.door import Door
from api.schemas.fields import Key, Text, Whole
from api.schemas.search import answer as answer_schema
from api.schemas.search import request as request_schema
from engine.commands.issue_number import IssueNumber, PrintBook
from engine.commands.print_paper import PrintPaper, PrintRegister
from engine.errors import Fault, InvalidInput
from engine.packages.papers import print_pdf

door = Door("Papers", __name__, url_prefix="/api")
PDF = "application/pdf"
_DAY = {"type": "string", "format": "date"}
_UNIT = {"type": "string", "description": "Tree path; the caller's own unit when absent."}

NumberOrder = request_schema(
    "NumberOrder", {"register": Text(least=1, most=60, required=True, doc="Id of the register.")}
)
NumberAnswer = answer_schema(
    "IssuedNumber",
    {
        "numberKey": Key(required=True),
        "register": Text(required=True),
        "number": Whole(least=1, most=2**53 - 1, required=True),
        "text": Text(required=True, doc="As it is written, such as 12/SCT/BS."),
        "year": Whole(least=1975, most=2200, required=True),
    },
)


@door.operation(
    "POST",
    "/dossiers/<code>/papers/<form>",
    answers={200: PDF},
    fails=(404, 409),
    sends=PrintPaper,
)
def print_paper(code: str, form: str) -> Response:
    """Print form 01-06; a later printing that differs says what and since when."""
    return _pdf(PrintPaper(code=code, form=form), f"{form}-{code}")


@door.operation(
    "GET",
    "/dossiers/<code>/papers/<form>",
    answers={200: PDF},
    fails=(404, 409),
    sends=PrintPaper,
)
def preview_paper(code: str, form: str) -> Response:
    """Form 01-06 as a preview: nothing is recorded, and the paper says so."""
    return _pdf(PrintPaper(code=code, form=form, preview=True), f"{form}-{code}")


@door.operation(
    "GET",
    "/papers/07",
    query={"from": _DAY, "to": _DAY, "unit": _UNIT},
    answers={200: PDF},
    sends=PrintRegister,
)
def print_register() -> Response:
    """Form 07: the register of dossiers accepted between two days."""
    first, last = _day("from"), _day("to")
    return _pdf(PrintRegister(first=first, last=last, unit=request.args.get("unit")), "07")


@door.operation(
    "POST",
    "/dossiers/<code>/numbers",
    body=NumberOrder,
    answers={201: NumberAnswer},
    fails=(404, 409),
    sends=IssueNumber,
)
def issue_number(code: str, body: Mapping[str, Any]) -> Response:
    """The next number of a register, without gap and never used again."""
    done = run(IssueNumber(code=code, register=body["register"]))
    found = dict(done.result)
    shown = {"numberKey": str(found.pop("key")), **found}
    return answer(shown, 201, replayed=done.replayed)


@door.operation(
    "GET",
    "/papers/books/<register>",
    query={"year": {"type": "integer"}, "unit": _UNIT},
    answers={200: PDF},
    fails=(404,),
    sends=PrintBook,
)
def print_book(register: str) -> Response:
    """The numbers a unit issued in a year."""
    text = request.args.get("year")
    if text is not None and not (text.isascii() and text.isdigit() and len(text) == 4):
        raise _wrong("year", "year must be a year such as 2026.")
    year = None if text is None else int(text)
    return _pdf(PrintBook(register=register, year=year, unit=request.args.get("unit")), register)


def _pdf(command: object, name: str) -> Response:
    made = Response(print_pdf(engine(), command, actor()), content_type=PDF)
    safe = "".join(each if each.isalnum() or each in "-." else "_" for each in name)
    made.headers["Content-Disposition"] = f'attachment; filename="{safe[:100]}.pdf"'
    return made


def _day(name: str) -> date | None:
    text = request.args.get(name)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise _wrong(name, f"{name} must be a date such as 2026-11-24.") from None


def _wrong(name: str, sentence: str) -> InvalidInput:
    fault = Fault(pointer=name, code="format", sentence=sentence)
    return InvalidInput("A query parameter is not acceptable.", [fault])
