"""Rows of law an installation writes itself: a province's own scopes, policies, skills.

Each row names the decision it follows from; who wrote it stands in the event.
Loading files later leaves such rows alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from engine.commands.context import Context, Result
from engine.commands.load_law import law_events, require_possible
from engine.domain.law import LawRow
from engine.errors import Fault, InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLaw:
    """Rows checked against the schema of their kind."""

    rows: Sequence[LawRow]


def change_law(command: ChangeLaw, context: Context) -> Result:
    without = [row for row in command.rows if not row.decision]
    if without:
        faults = [
            Fault(pointer=f"/{row.id}", code="decision-missing", sentence=f"{row.id}: no decision.")
            for row in without
        ]
        sentence = "A row of law needs the number of its decision."
        raise InvalidInput(sentence, faults, code="decision-missing")
    book = context.law

    counts: Counter[str] = Counter()
    changed = []
    for row in command.rows:
        held = {each.effective_from: each for each in book.versions(row.kind, row.id)}
        present = held.get(row.effective_from)
        verdict = "added" if present is None else "same" if present == row else "changed"
        counts[verdict] += 1
        if verdict != "same":
            changed.append(row)

    if changed:
        require_possible(book.with_rows(changed), context)
        context.uow.law.put(changed, "route")
        context.uow.record(None, *law_events(changed, "route"))
    return dict(counts)
