"""Reception points: who runs the counter, where it lies, whose home counter it is.

Every commune and every province has its own by default. A city-level centre
with branches (Hanoi) is the same with rows that say who operates the branch.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from engine.domain.law import LawBook, LawRow
from engine.domain.organisation.units import Unit, Units

PREFIX = "rp-"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceptionPoint:
    """``home_of``: units whose people hand in at home here. ``commune`` is None at a province."""

    id: str
    name: str
    operated_by: str
    located_in: str
    commune: str | None
    home_of: frozenset[str]


def default_point(unit: Unit) -> ReceptionPoint:
    """The counter every unit has unless a row says otherwise."""
    centre = "phục vụ hành chính công"
    return ReceptionPoint(
        id=f"{PREFIX}{unit.code}",
        name=f"Trung tâm {centre} {unit.spoken}",
        operated_by=unit.code,
        located_in=unit.code,
        commune=unit.code if unit.tier == "commune" else None,
        home_of=frozenset({unit.code}),
    )


def point_of(row: LawRow) -> ReceptionPoint:
    """A point that a row of law describes."""
    located, operator = row.text("located_in"), row.text("operated_by")
    serves = row.body.get("serves")
    home = set(serves) if isinstance(serves, list | tuple) else set()
    return ReceptionPoint(
        id=row.id,
        name=row.text("name"),
        operated_by=operator,
        located_in=located,
        commune=None if row.text("level") == "province" else located,
        home_of=frozenset({*map(str, home), operator}),
    )


def find_point(book: LawBook, units: Units, name: str, day: date) -> ReceptionPoint | None:
    """A point by its id, or a unit's own by the unit's code."""
    row = book.find("reception-point", name, day)
    if row is not None:
        return point_of(row)
    code = name.removeprefix(PREFIX)
    moved = book.find("reception-point", f"{PREFIX}{code}", day)
    if moved is not None:
        return point_of(moved)
    unit = units.by_code.get(code)
    return None if unit is None or unit.tier == "district" else default_point(unit)


def all_points(book: LawBook, units: Units, day: date) -> Iterator[ReceptionPoint]:
    """Rows first, then the default of each unit that has none of its own."""
    own = {row.id for row in book.on("reception-point", day)}
    yield from map(point_of, book.on("reception-point", day))
    for unit in units.by_code.values():
        if f"{PREFIX}{unit.code}" not in own and unit.tier != "district":
            yield default_point(unit)
