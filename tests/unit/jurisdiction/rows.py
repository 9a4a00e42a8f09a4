"""Rows of law for tests of the resolver, and the shipped book."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from engine.domain.law import LawBook, LawRow, book_of
from engine.packages.law import read_law

TODAY = date(2026, 11, 23)
START = date(2025, 7, 1)
LAW = Path("processes/_law")
HAI_CHAU, TRA_LINH, HOAN_KIEM, DA_NANG = "20242", "20950", "00070", "48"
RESIDENCE = {
    "name": "residence",
    "type": "commune",
    "label": {"vi": "nơi thường trú", "en": "residence"},
}


def law_row(
    kind: str, id: str, /, begins: date = START, ends: date | None = None, **body: object
) -> LawRow:
    """A row with a source."""
    decision = body.pop("decision", None)
    return LawRow(
        kind=kind,
        id=id,
        effective_from=begins,
        effective_to=ends,
        body=body,
        source="118/2025/NĐ-CP",
        decision=None if decision is None else str(decision),
    )


def rule(kind: str, body: str, *facts: object, **more: object) -> LawRow:
    """A rule named after its kind."""
    because = {"vi": "vì nơi thường trú", "en": f"because {kind}"}
    return law_row("rule", kind, kind=kind, facts=list(facts), body=body, because=because, **more)


def entry(code: str, by: str, **more: object) -> LawRow:
    """A procedure of the field of science and technology."""
    named = {"name": {"vi": code}, "level": "commune", "field": "khcn"}
    return law_row("procedure", code, code=code, rule=by, **{**named, **more})


def scope(procedure: str, province: str, reach: str, **more: object) -> LawRow:
    """Where a procedure is accepted."""
    given: dict[str, object] = {"procedure": procedure, "province": province, "reach": reach}
    return law_row("scope", f"{procedure}/{province}", **{**given, **more})  # type: ignore[arg-type]  # dates among them


@cache
def shipped() -> LawBook:
    """Organisation and jurisdiction as in the repository."""
    return book_of(row for area in ("organisation", "jurisdiction") for row in read_law(LAW / area))


@cache
def own_units() -> tuple[LawRow, ...]:
    """The units of the repository."""
    return tuple(shipped().rows("unit"))
