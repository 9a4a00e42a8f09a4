"""What makes a list of units impossible: a third tier that still lives, a parent that does not.

Until 30 June 2025 districts are a fact; a row that lets one live on, or that
hangs a commune under one, is refused from 1 July 2025.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from engine.domain.law import LawBook, LawRow, latest
from engine.errors import Fault, InvalidInput

TWO_TIERS: Final = date(2025, 7, 1)


def check_organisation(book: LawBook, today: date) -> None:
    """``InvalidInput`` lists what cannot be; the book is what would stand after the change."""
    units = [latest(versions, today) for versions in book.kinds.get("unit", {}).values()]
    faults = [*_tiers([each for each in units if each], today), *_orphans(book, today)]
    faults += [fault for row in book.rows("succession") for fault in _ends(book, row)]
    if faults:
        sentence = f"The organisation cannot be so: {faults[0].sentence}"
        raise InvalidInput(sentence, faults, code="organisation-refused")


def _tiers(units: Sequence[LawRow], today: date) -> Iterator[Fault]:
    if today < TWO_TIERS:
        return
    for row in units:
        if row.text("tier") == "district":
            yield _fault(
                row,
                "district-live",
                f"{row.text('name')} is a district and has no end; districts ended on {TWO_TIERS}.",
            )


def _orphans(book: LawBook, today: date) -> Iterator[Fault]:
    for row in book.on("unit", today):
        parent = row.text("province_code")
        if row.text("tier") == "province" or not parent:
            if row.text("tier") == "commune":
                yield _fault(row, "unit-orphan", f"{row.text('name')} names no province.")
            continue
        above = book.find("unit", parent, today)
        if above is None:
            yield _fault(row, "unit-orphan", f"its province {parent} is not in the list.")
        elif above.text("tier") != "province" and today >= TWO_TIERS:
            yield _fault(
                row,
                "district-parent",
                f"its parent {parent} {above.text('name')} is no province; since {TWO_TIERS} "
                "communes stand under provinces.",
            )


def _ends(book: LawBook, row: LawRow) -> Iterator[Fault]:
    for name in ("from", "to"):
        if not book.versions("unit", row.text(name)):
            yield _fault(row, "succession-unknown", f"names no unit {row.text(name)} in the list.")


def _fault(row: LawRow, code: str, sentence: str) -> Fault:
    place = f"{row.kind} {row.id}"
    return Fault(pointer=place, code=code, sentence=f"{place}: {sentence}")
