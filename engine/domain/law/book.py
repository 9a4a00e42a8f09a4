"""All rows of law at one revision, and whatever is computed from them, once.

A process keeps the book of the newest revision it has seen; a derived thing
(calendars, the resolver's atlas) is built at its first use and kept with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar, cast

from engine.domain.law.row import LawRow, latest
from engine.errors import NotFound

T = TypeVar("T")
Rows = Mapping[str, tuple[LawRow, ...]]


@dataclass(frozen=True, eq=False)
class LawBook:
    """Rows by kind and id. ``revision`` 0 is a book read from files."""

    kinds: Mapping[str, Rows]
    revision: int = 0
    _derived: dict[Callable[..., Any], Any] = field(default_factory=dict, repr=False)

    def rows(self, kind: str) -> Iterator[LawRow]:
        """Every row of a kind, past and future ones too."""
        for versions in self.kinds.get(kind, {}).values():
            yield from versions

    def on(self, kind: str, day: date) -> Iterator[LawRow]:
        """The row in force of each id."""
        for versions in self.kinds.get(kind, {}).values():
            row = latest(versions, day)
            if row is not None:
                yield row

    def versions(self, kind: str, id: str) -> tuple[LawRow, ...]:
        """All rows of one thing, oldest first."""
        return self.kinds.get(kind, {}).get(id, ())

    def find(self, kind: str, id: str, day: date) -> LawRow | None:
        """The row of one thing in force on a day."""
        return latest(self.versions(kind, id), day)

    def get(self, kind: str, id: str, day: date) -> LawRow:
        """Likewise; ``NotFound`` names kind, id and day."""
        row = self.find(kind, id, day)
        if row is None:
            raise NotFound(f"No {kind} {id[:40]!r} is in force on {day}.", code="law-unknown")
        return row

    def with_rows(self, rows: Iterable[LawRow]) -> LawBook:
        """This book with these rows added or in the place of those they overwrite."""
        new = {row.key: row for row in rows}
        kept = (row for kind in self.kinds for row in self.rows(kind) if row.key not in new)
        return book_of([*kept, *new.values()], self.revision)

    def derived(self, build: Callable[[LawBook], T]) -> T:
        """``build(book)``, computed once per revision; give it a module's function."""
        if build not in self._derived:
            # Two threads may both build; the first result stays.
            self._derived.setdefault(build, build(self))
        return cast("T", self._derived[build])


def book_of(rows: Iterable[LawRow], revision: int = 0) -> LawBook:
    """The rows as a book, the versions of each thing oldest first."""
    kinds: dict[str, dict[str, list[LawRow]]] = {}
    for row in rows:
        kinds.setdefault(row.kind, {}).setdefault(row.id, []).append(row)
    return LawBook(
        {
            kind: {
                id: tuple(sorted(versions, key=lambda row: row.effective_from))
                for id, versions in things.items()
            }
            for kind, things in kinds.items()
        },
        revision,
    )
