"""What commands ask of the tables of law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

from engine.domain.law import LawBook, LawRow

Origin = Literal["file", "route"]


class LawTable(Protocol):
    """Effective-dated rows; read as one book, kept per process by its revision."""

    def book(self) -> LawBook:
        """All rows; one statement when the process knows the revision already."""

    def changed_by_route(self) -> Mapping[tuple[str, str, str], str]:
        """Rows somebody wrote by route, ``(kind, id, date)`` to who: files leave them alone."""

    def put(self, rows: Sequence[LawRow], origin: Origin) -> None:
        """Insert or overwrite by kind, id and first day; the revision rises by one."""
