"""Calendars, supplements and pause rules, as the book of law has them.

Nothing is guessed: a kind without rows is empty, years without holidays are
named, and a pause rule nobody wrote down is refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from typing import Final, Literal, cast, get_args

from engine.domain.clock.calendar import DayRule, Schedule, Session, WorkCalendar
from engine.domain.clock.pauses import PauseKind
from engine.domain.clock.term import Term, parse_term
from engine.domain.law import LawBook, LawRow
from engine.errors import NotFound

Purpose = Literal["reception", "processing", "legal"]
PURPOSES: Final = get_args(Purpose)
KINDS: Final = ("holiday", "notice", "unit-day", "office-hours", "area-supplement")
"""What dates are made of."""
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseRule:
    """A ground of the law on which the clock may stand."""

    id: str
    kind: PauseKind
    name: Mapping[str, str]
    source: str
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement:
    """Extra term of a difficult area."""

    id: str
    unit: str
    term: Term
    source: str
    verified: bool


@dataclass(frozen=True)
class LegalCalendars:
    """Everything the clock asks the law, as the book has it."""

    book: LawBook

    @cached_property
    def version(self) -> str:
        """A digest of the clock's rows: other rows of law do not make other dates."""
        total = hashlib.sha256()
        for kind in KINDS:
            for row in sorted(self.book.rows(kind), key=lambda row: row.key):
                held = [*map(str, row.key), str(row.effective_to), row.body]
                total.update(json.dumps(held, ensure_ascii=False, sort_keys=True).encode())
        return total.hexdigest()[:16]

    @cached_property
    def day_rules(self) -> tuple[DayRule, ...]:
        """Holidays, then notices, then days of single units: a later one stands above."""
        kinds = ("holiday", "notice", "unit-day")
        return tuple(self._day(row) for kind in kinds for row in _in_force(self.book, kind))

    def calendar(self, unit: str = "", purpose: Purpose = "processing") -> WorkCalendar:
        """Days and hours of a unit (tree path; empty = the whole country) for a purpose."""
        found = self._calendars.get((unit, purpose))
        if found is None:
            found = self._calendars[unit, purpose] = WorkCalendar(
                rules=self.day_rules,
                schedules=tuple(_schedule(row) for row in self._hours(unit, purpose)),
                unit=unit,
                version=self.version,
            )
        return found

    @cached_property
    def _calendars(self) -> dict[tuple[str, str], WorkCalendar]:
        return {}

    def cut_off(self, unit: str, on: date) -> time | None:
        """The unit's hour after which a receipt counts from the next working day."""
        hours = [row for row in self._hours(unit, "reception") if row.applies(on)]
        found = [row.text("cut_off") for row in hours if row.text("cut_off")]
        return time.fromisoformat(found[-1]) if found else None

    def supplement(self, unit: str, procedure: str, on: date) -> Supplement | None:
        """The extra term of the unit's area for a procedure, by the nearest unit."""
        found = [
            row
            for row in self.book.on("area-supplement", on)
            if unit.startswith(row.text("unit")) and _names(row, procedure)
        ]
        if not found:
            return None
        row = max(found, key=lambda row: len(row.text("unit")))
        return Supplement(
            id=row.id,
            unit=row.text("unit"),
            term=parse_term(row.text("term")),
            source=row.source,
            verified=row.verified,
        )

    def pause_rule(self, rule: str, on: date) -> PauseRule:
        """The ground with this id; ``NotFound`` when the law knows none on that day."""
        row = self.book.find("pause-rule", rule, on)
        if row is None:
            raise NotFound(
                f"No pause rule {rule[:100]!r} is in force on {on}: the clock stands only by a"
                " rule of the law (_law/calendar/pauses.yml).",
                code="pause-rule-unknown",
            )
        return PauseRule(
            id=row.id,
            kind=cast("PauseKind", row.text("kind")),
            name=row.words("name"),
            source=row.source,
            verified=row.verified,
        )

    def years_without_holidays(self, days: Iterable[date]) -> tuple[int, ...]:
        """Years among ``days`` of which no holiday is known: a date there is a guess."""
        known = {rule.date.year for rule in self.day_rules if rule.kind == "holiday"}
        return tuple(sorted({day.year for day in days} - known))

    def source_text(self, source: str) -> Mapping[str, str]:
        """The source in both languages, where the data say it."""
        rows = self.book.versions("law-source", source)
        return rows[-1].words("name") if rows else {"vi": source, "en": source}

    def _day(self, row: LawRow) -> DayRule:
        return DayRule(
            date=date.fromisoformat(row.text("date")),
            kind=row.text("kind", "holiday"),  # type: ignore[arg-type] # the schema allows these
            name=row.words("name"),
            rule=f"{row.kind}-{row.id}",
            source=row.source,
            source_text=self.source_text(row.source),
            verified=row.verified,
            unit=row.text("unit"),
        )

    def _hours(self, unit: str, purpose: Purpose) -> list[LawRow]:
        rows = [
            row
            for row in self.book.rows("office-hours")
            if row.text("purpose") == purpose and unit.startswith(row.text("unit"))
        ]
        # A unit's own rows begin at some date: before it the rows above the unit hold.
        return sorted(rows, key=lambda row: (len(row.text("unit")), row.effective_from))


def calendars_of(book: LawBook) -> LegalCalendars:
    """For ``book.derived``: the calendars of a book, built once per revision."""
    return LegalCalendars(book)


def _in_force(book: LawBook, kind: str) -> Iterator[LawRow]:
    """Rows that apply on the very day they are about."""
    for row in book.rows(kind):
        day = date.fromisoformat(row.text("date"))
        if book.find(kind, row.id, day) is row:
            yield row


def _schedule(row: LawRow) -> Schedule:
    hours = cast("Mapping[str, Sequence[str]]", row.body["hours"])
    week = {
        day: tuple(_session(text) for text in hours[name])
        for day, name in enumerate(_DAYS)
        if hours.get(name)
    }
    return Schedule(
        effective_from=row.effective_from,
        effective_to=row.effective_to,
        hours=week,
        rule=row.id,
    )


def _session(text: str) -> Session:
    start, _, end = text.partition("-")
    return Session(time.fromisoformat(start), time.fromisoformat(end))


def _names(row: LawRow, procedure: str) -> bool:
    codes = cast("Sequence[str]", row.body.get("procedures") or ())
    return not codes or procedure in codes
