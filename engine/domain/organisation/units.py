"""Provinces and communes: exactly two tiers; a live district is refused.

Names repeat (Tân Tiến seven times), so a commune is always shown with its
province, and a search answers with all that match.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from engine.domain.text import fold, nfc
from engine.errors import Fault, InvalidInput, NotFound

Tier = Literal["province", "commune"]
COLUMNS: Final = ("code", "name", "kind", "province_code", "tier")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One unit by the National Statistics Office's code; ``province`` is its own for a province."""

    code: str
    name: str
    kind: str
    province: str
    tier: Tier

    @property
    def path(self) -> str:
        """Tree path as in ``unit_id``: ``48/`` or ``48/20242/``."""
        return f"{self.code}/" if self.tier == "province" else f"{self.province}/{self.code}/"


@dataclass(frozen=True)
class Units:
    """All units by code."""

    by_code: Mapping[str, Unit]

    def get(self, code: str) -> Unit:
        """``NotFound`` names the code that no list has."""
        unit = self.by_code.get(code)
        if unit is None:
            raise NotFound(f"There is no unit with code {code[:12]!r}.", code="unit-unknown")
        return unit

    def province_of(self, unit: Unit) -> Unit:
        """The province a unit lies in; a province lies in itself."""
        return self.get(unit.province)

    def label(self, unit: Unit) -> str:
        """The name a person can tell apart: communes with their province."""
        if unit.tier == "province":
            return unit.name
        return f"{unit.name}, {self.province_of(unit).name}"

    def communes(self, province: str) -> Iterator[Unit]:
        """The communes of a province, in the list's order."""
        return (
            unit
            for unit in self.by_code.values()
            if unit.tier == "commune" and unit.province == province
        )

    def search(self, words: str, limit: int = 20) -> tuple[Unit, ...]:
        """Units whose label holds every word, with or without diacritics; whole names first."""
        wanted = fold(words).split()
        found = [
            (len(text), unit) for unit, text in self._folded if all(word in text for word in wanted)
        ]
        found.sort(key=lambda each: (each[0], each[1].code))
        return tuple(unit for _, unit in found[:limit])

    @cached_property
    def ambiguous(self) -> frozenset[str]:
        """Names that more than one unit has."""
        codes: dict[str, int] = defaultdict(int)
        for unit in self.by_code.values():
            codes[unit.name] += 1
        return frozenset(name for name, count in codes.items() if count > 1)

    @cached_property
    def _folded(self) -> tuple[tuple[Unit, str], ...]:
        return tuple((unit, fold(self.label(unit))) for unit in self.by_code.values())


def read_units(lines: Iterable[str], name: str = "units.csv") -> Units:
    """Units of a CSV file with the columns ``COLUMNS``; faults name the line."""
    reader = csv.DictReader(lines)
    missing = set(COLUMNS) - set(reader.fieldnames or ())
    if missing:
        raise InvalidInput(f"{name}: columns missing: {', '.join(sorted(missing))}.")
    units: dict[str, Unit] = {}
    faults: list[Fault] = []
    for number, row in enumerate(reader, start=2):
        fault = _fault(row, units)
        if fault is not None:
            faults.append(Fault(pointer=f"{name}:{number}", code="unit-row", sentence=fault))
            continue
        units[row["code"]] = _unit(row)
    faults += [
        Fault(
            pointer=unit.code,
            code="unit-orphan",
            sentence=f"{unit.code}: its province {unit.province} is not in the list.",
        )
        for unit in units.values()
        if unit.province not in units
    ]
    if faults:
        raise InvalidInput(f"{name}: {len(faults)} rows are wrong.", faults)
    return Units(units)


def _unit(row: Mapping[str, str]) -> Unit:
    tier: Tier = "province" if row["tier"] == "province" else "commune"
    return Unit(
        code=row["code"],
        name=nfc(row["name"]),
        kind=nfc(row["kind"]),
        province=row["province_code"] or row["code"],
        tier=tier,
    )


def _fault(row: Mapping[str, str], seen: Mapping[str, Unit]) -> str | None:
    if row["tier"] not in {"province", "commune"}:
        return f"tier {row['tier']!r}: only province and commune live since 1 July 2025."
    if not row["code"] or not row["name"]:
        return "code and name must not be empty."
    if row["code"] in seen:
        return f"code {row['code']} stands twice."
    if row["tier"] == "commune" and not row["province_code"]:
        return f"commune {row['code']} names no province."
    return None
