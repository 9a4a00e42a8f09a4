"""Bring the tables of law to what the files say; a second run changes nothing.

Rows a province wrote by route stay as they are and are counted as kept.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.commands.context import Context, Result
from engine.domain.events import LawChanged
from engine.domain.jurisdiction.check import check_catalogue
from engine.domain.law import LawBook, LawRow
from engine.domain.organisation import check_organisation
from engine.errors import InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadLaw:
    """Rows as read and checked by ``engine.packages.law``."""

    rows: Sequence[LawRow]


def load_law(command: LoadLaw, context: Context) -> Result:
    law = context.uow.law
    _require_distinct(command.rows)
    book, theirs = law.book(), law.changed_by_route()

    counts: dict[str, Counter[str]] = {}
    changed: list[LawRow] = []
    for row in command.rows:
        verdict = _verdict(row, book, theirs)
        counts.setdefault(row.kind, Counter())[verdict] += 1
        if verdict in {"added", "changed"}:
            changed.append(row)

    if changed:
        require_possible(book.with_rows(changed), context)
        law.put(changed, "file")
        context.uow.record(None, *law_events(changed, "file"))
    return {"kinds": {kind: dict(count) for kind, count in counts.items()}}


def require_possible(book: LawBook, context: Context) -> None:
    """What would stand after the change holds together today."""
    today = context.uow.now.astimezone(context.settings.zone).date()
    check_organisation(book, today)
    check_catalogue(book)


def law_events(rows: Iterable[LawRow], origin: str) -> list[LawChanged]:
    """One event for each kind, with a digest of what was written."""
    by_kind: dict[str, list[LawRow]] = {}
    for row in rows:
        by_kind.setdefault(row.kind, []).append(row)
    return [
        LawChanged(
            kind=kind,
            rows=len(changed),
            digest=digest(changed),
            origin=origin,
            decision=changed[0].decision if len(changed) == 1 else None,
        )
        for kind, changed in sorted(by_kind.items())
    ]


def digest(rows: Iterable[LawRow]) -> str:
    """SHA-256 over rows in canonical form."""
    total = hashlib.sha256()
    for row in sorted(rows, key=lambda row: row.key):
        held = [*map(str, row.key), str(row.effective_to), row.body, row.source, row.verified,
                row.decision]  # fmt: skip
        line = json.dumps(held, ensure_ascii=False, sort_keys=True, default=str)
        total.update(line.encode() + b"\n")
    return total.hexdigest()


def _verdict(row: LawRow, book: LawBook, theirs: Iterable[tuple[str, str, str]]) -> str:
    kind, id, begins = row.key
    if (kind, id, begins.isoformat()) in theirs:
        return "kept"
    present = next((one for one in book.versions(kind, id) if one.effective_from == begins), None)
    if present is None:
        return "added"
    return "same" if present == row else "changed"


def _require_distinct(rows: Iterable[LawRow]) -> None:
    twice = [key for key, times in Counter(row.key for row in rows).items() if times > 1]
    if twice:
        kind, id, begins = twice[0]
        sentence = f"{kind} {id} from {begins} stands more than once."
        raise InvalidInput(sentence, code="law-twice")
