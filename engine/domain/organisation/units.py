"""Provinces and communes: exactly two tiers since 1 July 2025.

Names repeat (Tân Tiến seven times), so a commune is always shown with its
province, and a search answers with all that match.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, cast

from engine.domain.law import LawRow
from engine.domain.text import fold
from engine.errors import NotFound

Tier = Literal["province", "district", "commune"]


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

    @property
    def spoken(self) -> str:
        """The name inside a sentence: ``UBND phường Hải Châu``."""
        name = self.name[:1].lower() + self.name[1:]
        return name if name.startswith(self.kind.split()[0]) else f"{self.kind} {self.name}"


@dataclass(frozen=True)
class Units:
    """The units of one day by code."""

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

    def spoken(self, unit: Unit) -> str:
        """Inside a sentence; a name that several units have comes with its province."""
        if unit.tier == "commune" and unit.name in self.ambiguous:
            return f"{unit.spoken}, {self.province_of(unit).spoken}"
        return unit.spoken

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


def unit_of(row: LawRow) -> Unit:
    """The unit a row of law describes."""
    code = row.text("code")
    return Unit(
        code=code,
        name=row.text("name"),
        kind=row.text("kind"),
        province=row.text("province_code") or code,
        tier=cast("Tier", row.text("tier")),
    )


def units_of(rows: Iterable[LawRow]) -> Units:
    """Rows of kind ``unit`` as units by code."""
    return Units({unit.code: unit for unit in map(unit_of, rows)})
