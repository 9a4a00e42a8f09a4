"""Merge units: the old ones end on a day, edges lead to the new one, its people move with them.

Open roots follow one by one (``RehomeRoot``), because one transaction holds one
root. Old rows of law keep their names and codes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from engine.commands.context import Context, Result
from engine.commands.load_law import law_events, require_possible
from engine.commands.rehome_root import moved_groups
from engine.domain.events import AccountChanged, UnitsMerged
from engine.domain.law import LawRow
from engine.domain.organisation.units import unit_of
from engine.errors import Conflict, InvalidInput, NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeUnits:
    """``units`` end on the day; ``into`` is one of them, another one, or a new one with a name."""

    units: tuple[str, ...]
    into: str
    on: date
    decision: str
    source: str
    name: str | None = None
    kind: str | None = None


def merge_units(command: MergeUnits, context: Context) -> Result:
    today = context.uow.now.astimezone(context.settings.zone).date()
    if not command.decision or not command.source:
        raise InvalidInput("Name the decision and its source.", code="decision-missing")
    if command.on > today:
        sentence = f"The merger takes effect on {command.on}: run it on that day or later."
        raise Conflict(sentence, code="merger-early")
    ends = [_ending(context, code, command.on) for code in command.units]
    rows = [*_ended(ends, command), *_taking_over(context, ends, command)]
    book = context.law.with_rows(rows)
    new = book.get("unit", command.into, command.on)

    changed = [row for row in rows if row not in context.law.versions(row.kind, row.id)]
    if changed:
        require_possible(book, context)
        context.uow.law.put(changed, "route")
        merged = UnitsMerged(
            units=command.units,
            into=command.into,
            on=command.on.isoformat(),
            decision=command.decision,
        )
        context.uow.record(None, merged, *law_events(changed, "route"))
    path = unit_of(new).path
    moves = {unit_of(end).path: path for end in ends if unit_of(end).path != path}
    agencies = agencies_of(command.units, command.into)
    people = sum(_move_people(context, old, path, agencies) for old in moves)
    return {"moves": moves, "agencies": agencies, "accounts": people, "rows": len(changed)}


def agencies_of(units: Sequence[str], into: str) -> dict[str, str]:
    """Ids of the old units' agencies and those that take over."""
    others = [code for code in units if code != into]
    return {f"{kind}-{code}": f"{kind}-{into}" for code in others for kind in ("ubnd", "ca")}


def _ending(context: Context, code: str, on: date) -> LawRow:
    """The unit as it stood the day before."""
    rows = context.law.versions("unit", code)
    row = next((r for r in reversed(rows) if r.effective_from < on), None)
    if row is None or (row.effective_to is not None and row.effective_to != on):
        raise NotFound(f"No unit {code} stands on the day before {on}.", code="unit-unknown")
    if row.text("tier") != "commune":
        raise InvalidInput(f"Unit {code} is no commune.", code="merger-tier")
    return row


def _ended(ends: Sequence[LawRow], command: MergeUnits) -> list[LawRow]:
    goes_on = command.name is None
    kept = command.into if goes_on else ""
    return [
        replace(row, effective_to=command.on, decision=command.decision)
        for row in ends
        if row.id != kept
    ]


def _taking_over(context: Context, ends: Sequence[LawRow], command: MergeUnits) -> list[LawRow]:
    rows = [_edge(row.id, command) for row in ends if row.id != command.into or command.name]
    if command.name is None:
        context.law.get("unit", command.into, command.on)
        return rows
    body = {
        **ends[0].body,
        "code": command.into,
        "name": command.name,
        "kind": command.kind or ends[0].text("kind"),
    }
    new = LawRow(
        kind="unit",
        id=command.into,
        effective_from=command.on,
        body=body,
        source=command.source,
        decision=command.decision,
    )
    return [new, *rows]


def _edge(code: str, command: MergeUnits) -> LawRow:
    return LawRow(
        kind="succession",
        id=f"{code}>{command.into}",
        effective_from=command.on,
        body={"from": code, "to": command.into},
        source=command.source,
        decision=command.decision,
    )


def _move_people(context: Context, old: str, new: str, agencies: dict[str, str]) -> int:
    accounts = context.uow.accounts.of_unit(old)
    for account in accounts:
        moved = replace(account, unit_id=new, groups=moved_groups(account.groups, agencies))
        context.uow.accounts.update(moved)
        changed = AccountChanged(account_key=account.key, what="groups,unit_id")
        context.uow.record(None, changed)
    return len(accounts)
