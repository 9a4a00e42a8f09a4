"""A unit's day: received, solved, ended without a result, overdue by cause, money.

Every figure comes with the codes behind it, and sums must agree. Linked
dossiers (corrections, parts of a bundle) are listed apart and counted once.
A refused or stopped dossier is never "solved on time".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from engine.domain.dossier.portal import NOT_ACCEPTED, PAYMENT, SUPPLEMENT, WITHDRAWAL
from engine.domain.dossier.record import CHANNELS

CAUSES: Final = ("citizen", "payment", "clerk", "signer", "other_agency", "system")


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRow:
    """A dossier as the day sees it; ``due_at`` by law. ``groups`` hold its open tasks."""

    code: str
    status: int
    channel: str
    unit_id: str
    receiving_unit: str
    agency: str
    accepted_at: datetime | None
    finished_at: datetime | None
    closed_at: datetime | None
    due_at: datetime | None
    linked: bool = False
    paused: bool = False
    broken: bool = False
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One receipt: money that came or went back."""

    number: str
    kind: str
    method: str
    amount: int


def cause_of(row: DayRow) -> str:
    """Why an overdue dossier stands where it stands."""
    if row.status in (SUPPLEMENT, WITHDRAWAL):
        return "citizen"
    if row.status == PAYMENT:
        return "payment"
    if row.broken:
        return "system"
    if any(group.partition("@")[2] != row.agency for group in row.groups):
        return "other_agency"
    if any(group.startswith("signer@") for group in row.groups):
        return "signer"
    return "clerk"


def close_day(
    unit: str, start: datetime, end: datetime, rows: Iterable[DayRow], money: Sequence[Movement]
) -> Mapping[str, Any]:
    """All figures of one unit (a tree path) from ``start`` to ``end``."""
    every = list(rows)
    counted = [row for row in every if not row.linked]
    here = [row for row in counted if row.receiving_unit.startswith(unit)]
    ours = [row for row in counted if row.unit_id.startswith(unit)]

    def within(at: datetime | None) -> bool:
        return at is not None and start <= at < end

    received = [row for row in here if within(row.accepted_at)]
    solved = [row for row in ours if within(row.finished_at)]
    late = [row for row in solved if _late(row, row.finished_at)]
    ended = [row for row in ours if within(row.closed_at) and row.finished_at is None]
    overdue = [row for row in ours if _overdue(row, end)]
    return {
        "received": _figure(received)
        | {"byChannel": {c: _figure(_with(received, "channel", c)) for c in CHANNELS}},
        "solved": _figure(solved)
        | {
            "onTime": _figure([row for row in solved if row not in late]),
            "late": _figure(late),
        },
        "ended": _figure(ended)
        | {
            "notAccepted": _figure(_with(ended, "status", NOT_ACCEPTED)),
            "stopped": _figure([row for row in ended if row.status != NOT_ACCEPTED]),
        },
        "overdue": _figure(overdue)
        | {"byCause": {c: _figure([r for r in overdue if cause_of(r) == c]) for c in CAUSES}},
        "linked": _figure([row for row in every if row.linked and within(row.accepted_at)]),
        "cash": cash_sheet(money),
    }


def cash_sheet(money: Sequence[Movement]) -> Mapping[str, Any]:
    """Sums by way and method; ``net`` is what the till must hold more than in the morning."""
    sums = {
        kind: {
            method: sum(one.amount for one in money if (one.kind, one.method) == (kind, method))
            for method in sorted({one.method for one in money if one.kind == kind})
        }
        for kind in ("payment", "refund")
    }
    came, back = sum(sums["payment"].values()), sum(sums["refund"].values())
    cash = sums["payment"].get("cash", 0) - sums["refund"].get("cash", 0)
    return {
        "receipts": len(money),
        "payments": sums["payment"],
        "refunds": sums["refund"],
        "net": came - back,
        "till": cash,
        "numbers": [one.number for one in money],
    }


def _figure(rows: Sequence[DayRow]) -> dict[str, Any]:
    return {"count": len(rows), "codes": [row.code for row in rows]}


def _with(rows: Iterable[DayRow], name: str, value: object) -> list[DayRow]:
    return [row for row in rows if getattr(row, name) == value]


def _late(row: DayRow, at: datetime | None) -> bool:
    return at is not None and row.due_at is not None and at > row.due_at


def _overdue(row: DayRow, end: datetime) -> bool:
    """Still open, not standing by a rule of the law, and due before the day was over."""
    open_ = row.closed_at is None or row.closed_at >= end
    unsolved = row.finished_at is None or row.finished_at >= end
    return open_ and unsolved and not row.paused and row.due_at is not None and row.due_at < end


def day_bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From midnight to midnight of the place."""
    start = datetime.combine(day, time(), tzinfo=zone)
    return start, datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)
