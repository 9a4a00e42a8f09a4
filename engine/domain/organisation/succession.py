"""What became of a unit: edges from an old one to those that took over, with day and decision.

Old papers keep their names and codes. A code may live on with another
meaning (15 was Yên Bái and is Lào Cai), so a code is always read with a day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from engine.domain.law import LawBook, LawRow
from engine.domain.organisation.units import Unit, unit_of
from engine.domain.text import fold

MANY: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One change: the old unit, the new one, when, by which decision."""

    old: Unit
    new: Unit
    on: date
    decision: str | None
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """A unit as it was from a day to a day, and the present units that stand in its place."""

    unit: Unit
    label: str
    effective_from: date
    effective_to: date | None
    verified: bool
    present: tuple[Unit, ...]
    steps: tuple[Step, ...]


def successors(book: LawBook, code: str, day: date, today: date) -> tuple[Step, ...]:
    """All steps from the unit that had ``code`` on ``day`` to what exists ``today``."""
    row = book.find("unit", code, day)
    return tuple(_follow(book, row, today)) if row is not None else ()


def present_units(book: LawBook, code: str, day: date, today: date) -> tuple[Unit, ...]:
    """The units that stand today where the unit with ``code`` on ``day`` stood."""
    row = book.find("unit", code, day)
    if row is None:
        return ()
    if row.applies(today):
        return (unit_of(row),)
    steps = successors(book, code, day, today)
    ended = {step.old for step in steps}
    last = {step.new.code: step.new for step in steps if step.new not in ended}
    return tuple(last.values())


def former_units(book: LawBook, words: str, today: date) -> tuple[Former, ...]:
    """Units of any time with this code, or whose name holds every word."""
    wanted = fold(words).split()
    found = []
    for versions in book.kinds.get("unit", {}).values():
        for row in versions:
            if words.strip() == row.id or _named(row, wanted):
                found.append(row)
    found.sort(key=lambda row: (len(row.text("name")), row.effective_from, row.id))
    return tuple(_former(book, row, today) for row in found[:MANY])


def _named(row: LawRow, wanted: list[str]) -> bool:
    folded = fold(row.text("name"))
    return bool(wanted) and all(word in folded for word in wanted)


def _former(book: LawBook, row: LawRow, today: date) -> Former:
    began = row.effective_from
    above = book.find("unit", row.text("province_code"), began)
    name = row.text("name")
    return Former(
        unit=unit_of(row),
        label=name if above is None else f"{name}, {above.text('name')}",
        effective_from=began,
        effective_to=row.effective_to,
        verified=row.verified,
        present=present_units(book, row.id, began, today),
        steps=successors(book, row.id, began, today),
    )


def _follow(book: LawBook, row: LawRow, today: date) -> Iterator[Step]:
    if row.effective_to is None or row.effective_to > today:
        return
    for edge in book.rows("succession"):
        if edge.text("from") != row.id or edge.effective_from != row.effective_to:
            continue
        new = book.find("unit", edge.text("to"), edge.effective_from)
        if new is None:
            continue
        yield Step(
            old=unit_of(row),
            new=unit_of(new),
            on=edge.effective_from,
            decision=edge.decision,
            verified=edge.verified,
        )
        yield from _follow(book, new, today)
