"""What the resolver knows on one day: units, procedures, rules, scopes, departments, points."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from engine.domain.jurisdiction.catalogue import (
    DEFAULT_DECISION,
    Entry,
    Reach,
    Rule,
    entry_of,
    rule_of,
)
from engine.domain.law import LawBook
from engine.domain.organisation import (
    Agency,
    ReceptionPoint,
    Unit,
    Units,
    all_agencies,
    all_points,
    find_point,
    present_units,
    units_of,
)
from engine.domain.text import fold
from engine.errors import Conflict, NotFound


@dataclass(frozen=True, kw_only=True)
class Atlas:
    """The book as it stands on a day."""

    book: LawBook
    day: date
    units: Units

    def entry(self, procedure: str) -> Entry:
        """The catalogue row in force; ``NotFound`` names the code."""
        row = self.book.find("procedure", procedure, self.day)
        if row is None:
            raise NotFound(
                f"No procedure {procedure[:20]!r} is in force on {self.day}.",
                code="procedure-unknown",
            )
        return entry_of(row)

    def rule(self, entry: Entry) -> Rule:
        """The rule in force on the day of acceptance."""
        row = self.book.find("rule", entry.rule, self.day)
        if row is None:
            sentence = f"No rule {entry.rule} is in force on {self.day}."
            raise NotFound(sentence, code="rule-unknown")
        return rule_of(row)

    def reach(self, procedure: str, province: str) -> tuple[Reach, str]:
        """How far a procedure is accepted in a province, and the decision that says so."""
        for scope in (province, "*"):
            row = self.book.find("scope", f"{procedure}/{scope}", self.day)
            if row is not None:
                reach: Reach = row.text("reach")  # type: ignore[assignment] # schema-checked
                return reach, row.decision or row.source
        return "province", DEFAULT_DECISION

    def department(self, field: str) -> tuple[str, str, str]:
        """Id, name and ministry of the department a field belongs to."""
        held = self.book.find("field", field, self.day)
        id = held.text("department") if held is not None else field
        row = self.book.find("department", id, self.day)
        if row is None:
            return id, f"Sở {id}", ""
        return id, row.text("name"), row.text("ministry")

    def point(self, name: str) -> ReceptionPoint:
        """A reception point by its id or by the code of a unit, old codes too."""
        point = find_point(self.book, self.units, name, self.day)
        if point is None:
            try:
                unit = self.unit(name.removeprefix("rp-"))[0]
            except NotFound:
                raise NotFound(
                    f"The reception point {name[:20]!r} is unknown: give its id (rp-...) or the "
                    "code of a commune or province.",
                    code="reception-point-unknown",
                ) from None
            point = find_point(self.book, self.units, unit.code, self.day)
            assert point is not None  # noqa: S101 - every live unit has one
        return point

    def unit(self, code: str) -> tuple[Unit, Unit | None]:
        """A unit by its code, and the former unit when the code is an old one."""
        unit = self.units.by_code.get(code)
        if unit is not None:
            return unit, None
        versions = [row for row in self.book.versions("unit", code) if row.effective_to]
        if not versions:
            raise NotFound(f"There is no unit with code {code[:12]!r}.", code="unit-unknown")
        began = versions[-1].effective_from
        present = present_units(self.book, code, began, self.day)
        if len(present) != 1:
            names = ", ".join(f"{each.code} {each.name}" for each in present) or "nobody"
            raise Conflict(
                f"Unit {code} has ended; in its place stand: {names}. Name one of them.",
                code="unit-divided",
            )
        return present[0], units_of([versions[-1]]).by_code[code]

    @cached_property
    def agencies(self) -> tuple[Agency, ...]:
        """All agencies of the day by id."""
        found = all_agencies(self.book, self.units, self.day)
        return tuple(sorted(found, key=lambda agency: agency.id))

    @cached_property
    def points(self) -> tuple[ReceptionPoint, ...]:
        """All reception points of the day by id."""
        found = all_points(self.book, self.units, self.day)
        return tuple(sorted(found, key=lambda point: point.id))

    @cached_property
    def catalogue(self) -> tuple[tuple[Entry, str], ...]:
        """All procedures of the day by code, each with its words without diacritics."""
        entries = sorted(map(entry_of, self.book.on("procedure", self.day)), key=lambda e: e.code)
        return tuple((e, fold(f"{e.code} {' '.join(e.name.values())}")) for e in entries)

    @cached_property
    def skilled(self) -> dict[str, list[str]]:
        """Units with people trained for a skill, by skill."""
        found: dict[str, list[str]] = {}
        for row in self.book.on("skilled-unit", self.day):
            if row.text("unit") in self.units.by_code:
                found.setdefault(row.text("skill"), []).append(row.text("unit"))
        return found


@dataclass
class Atlases:
    """One set of units between two days on which units change."""

    book: LawBook
    _units: dict[int, Units] = field(default_factory=dict)
    _atlases: dict[date, Atlas] = field(default_factory=dict)

    @cached_property
    def _changes(self) -> list[date]:
        days = set()
        for row in self.book.rows("unit"):
            days.add(row.effective_from)
            if row.effective_to is not None:
                days.add(row.effective_to)
        return sorted(days)

    def on(self, day: date) -> Atlas:
        """The atlas of a day; built once."""
        atlas = self._atlases.get(day)
        if atlas is None:
            # Dates come from callers: what is kept stays bounded.
            if len(self._atlases) > 64:
                self._atlases.clear()
            atlas = self._atlases[day] = Atlas(book=self.book, day=day, units=self._of(day))
        return atlas

    def _of(self, day: date) -> Units:
        period = bisect_right(self._changes, day)
        units = self._units.get(period)
        if units is None:
            units = self._units[period] = units_of(self.book.on("unit", day))
        return units


def atlas_on(book: LawBook, day: date) -> Atlas:
    """What the book says on a day; kept with the book."""
    return book.derived(Atlases).on(day)
