"""One row of law: a thing of some kind, from a date on, with where it is written.

A row is never changed into another meaning: what changes by law gets a row
with a later ``effective_from`` under the same id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

# For rows whose own dates say all, such as a holiday.
SINCE_EVER: Final = date(1945, 9, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class LawRow:
    """``effective_to`` is the first day without it; ``verified`` = checked in the gazette."""

    kind: str
    id: str
    effective_from: date = SINCE_EVER
    effective_to: date | None = None
    body: Mapping[str, object] = field(default_factory=dict)
    source: str = ""
    verified: bool = False
    decision: str | None = None

    @property
    def key(self) -> tuple[str, str, date]:
        """What an upsert goes by."""
        return self.kind, self.id, self.effective_from

    def applies(self, on: date) -> bool:
        """True on the days from ``effective_from`` to the day before ``effective_to``."""
        return self.effective_from <= on and (self.effective_to is None or on < self.effective_to)

    def text(self, name: str, default: str = "") -> str:
        """A text member of the body; the schema has checked its type."""
        value = self.body.get(name, default)
        return value if isinstance(value, str) else default

    def words(self, name: str) -> Mapping[str, str]:
        """A member in several languages."""
        value = self.body.get(name)
        if isinstance(value, Mapping):
            return {str(language): str(text) for language, text in value.items()}
        return {"vi": value} if isinstance(value, str) else {}


def latest(rows: Iterable[LawRow], on: date) -> LawRow | None:
    """The row that applies; the latest begun one when several do."""
    applying = (row for row in rows if row.applies(on))
    return max(applying, key=lambda row: row.effective_from, default=None)
