"""Agencies: who decides. Ids are stable and stand behind the ``@`` of a group.

``ubnd-20242`` and ``ubnd-48`` are the People's Committees, ``so-khcn-48`` a
department of the province, ``ca-20242`` the commune's police, ``bo-khcn`` a
ministry.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from engine.domain.law import LawBook, LawRow
from engine.domain.organisation.units import Unit, Units


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """``unit_code`` is empty for a ministry, which belongs to no unit of ours."""

    id: str
    name: str
    unit_code: str


def committee(unit: Unit, units: Units) -> Agency:
    """The People's Committee of a commune or province."""
    return Agency(id=f"ubnd-{unit.code}", name=f"UBND {units.spoken(unit)}", unit_code=unit.code)


def police(unit: Unit, units: Units) -> Agency:
    """The police of a commune."""
    return Agency(id=f"ca-{unit.code}", name=f"Công an {units.spoken(unit)}", unit_code=unit.code)


def department(id: str, name: str, province: Unit) -> Agency:
    """A department of a province: ``so-khcn-48``."""
    return Agency(
        id=f"so-{id}-{province.code}", name=f"{name} {province.spoken}", unit_code=province.code
    )


def ministry(id: str, name: str) -> Agency:
    """A ministry: ``bo-khcn``."""
    return Agency(id=f"bo-{id}", name=name, unit_code="")


def all_agencies(book: LawBook, units: Units, day: date) -> Iterator[Agency]:
    """Committees and departments of every province, committees of communes, ministries."""
    departments = list(book.on("department", day))
    for unit in units.by_code.values():
        if unit.tier != "district":
            yield committee(unit, units)
        if unit.tier == "province":
            yield from (department(row.id, row.text("name"), unit) for row in departments)
    yield from (ministry(row.id, row.text("ministry")) for row in departments if _ministry(row))


def find_agency(book: LawBook, units: Units, id: str, day: date) -> Agency | None:
    """An agency by its id, or None."""
    kind, _, rest = id.partition("-")
    unit = units.by_code.get(rest)
    if kind in {"ubnd", "ca"}:
        if unit is None:
            return None
        return committee(unit, units) if kind == "ubnd" else police(unit, units)
    name, _, code = rest.rpartition("-")
    row = book.find("department", name if kind == "so" else rest, day)
    if row is None or kind not in {"so", "bo"}:
        return None
    if kind == "bo":
        return ministry(row.id, row.text("ministry")) if _ministry(row) else None
    province = units.by_code.get(code)
    return department(row.id, row.text("name"), province) if province is not None else None


def _ministry(row: LawRow) -> bool:
    return bool(row.text("ministry"))
