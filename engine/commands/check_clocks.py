"""Dates after a change of the law: asked beforehand, and computed again afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from engine.commands import deadlines
from engine.commands.context import Context, Result
from engine.commands.keep_clock import shown_moves
from engine.domain.clock.law import KINDS, LegalCalendars, calendars_of
from engine.domain.ids import Key
from engine.domain.law import LawBook, LawRow, book_of

_BATCH: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """Which dates would move if these rows were loaded; nothing is written."""

    rows: Sequence[LawRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckClocks:
    """Internal: compute the dates of one root again by the law as it stands."""

    root_key: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class FindOutdated:
    """Internal: roots whose dates were computed with another state of the law."""

    limit: int = 200


def what_if(command: WhatIf, context: Context) -> Result:
    law = LegalCalendars(overlaid(context.law, command.rows))
    now, after, moved, asked = context.uow.now, Key(0), [], 0
    while True:
        found = context.uow.clocks.running(
            context.actor.tenant_id, context.actor.unit_id, after, _BATCH
        )
        for one in found:
            changes = deadlines.moves(one.standing, law, now)
            moved += [
                {"code": one.business_id, "key": one.root_key, "process_id": one.process_id, **each}
                for each in shown_moves(changes, context)
            ]
        asked += len(found)
        if len(found) < _BATCH:
            return {"asked": asked, "moved": moved, "calendar": law.version}
        after = found[-1].root_key


def find_outdated(command: FindOutdated, context: Context) -> Result:
    version = context.law.derived(calendars_of).version
    return {"roots": list(context.uow.clocks.outdated(version, command.limit))}


def check_clocks(command: CheckClocks, context: Context) -> Result:
    context.uow.roots.lock(command.root_key)
    moved = deadlines.check_clocks(context.uow, command.root_key)
    shown: list[dict[str, Any]] = shown_moves(moved, context)
    return {"key": command.root_key, "moved": shown}


def overlaid(book: LawBook, rows: Sequence[LawRow]) -> LawBook:
    """The clock's law as it would be with these rows loaded."""
    held = {row.key: row for kind in (*KINDS, "law-source") for row in book.rows(kind)}
    return book_of((held | {row.key: row for row in rows}).values())
