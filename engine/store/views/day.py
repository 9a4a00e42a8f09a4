"""Rows of one unit's day: what was received, solved or ended in it, and what is overdue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, and_, exists, or_, select

from engine.domain.actors import Actor
from engine.domain.dossier.day import DayRow, Movement, close_day, day_bounds
from engine.store.tables import (
    dossier,
    incident,
    legal_pause,
    receipt,
    task_candidate,
    user_task,
)
from engine.store.transaction import PINNED
from engine.store.visibility import dossier_visible, receipt_visible

_PAUSED = exists(
    select(1).where(legal_pause.c.root_key == dossier.c.key, legal_pause.c.until.is_(None))
).correlate(dossier)
_BROKEN = exists(
    select(1).where(incident.c.root_key == dossier.c.key, incident.c.state == "ACTIVE")
).correlate(dossier)
_PLAIN = (
    "code", "status", "channel", "unit_id", "receiving_unit", "agency", "accepted_at",
    "finished_at", "closed_at",
)  # fmt: skip


def day_figures(
    connection: Connection, actor: Actor, unit: str, day: date | None, zone: ZoneInfo
) -> Mapping[str, Any]:
    """What the actor may see of it; None is today by business time."""
    if day is None:
        now = connection.execute(PINNED).scalar() or datetime.now(UTC)
        day = now.astimezone(zone).date()
    start, end = day_bounds(day, zone)
    found = connection.execute(
        select(dossier, _PAUSED.label("is_paused"), _BROKEN.label("is_broken"))
        .where(dossier_visible(actor), dossier.c.code.is_not(None), _of_unit(unit))
        .where(_of_day(start, end))
        .order_by(dossier.c.code)
    ).all()
    late = [row.key for row in found if row.closed_at is None and row.finished_at is None]
    groups = _groups(connection, late)
    rows = [
        DayRow(
            **{name: getattr(row, name) for name in _PLAIN},
            due_at=row.statutory_due_at,
            linked=row.linked_key is not None,
            paused=row.is_paused,
            broken=row.is_broken,
            groups=groups.get(row.key, ()),
        )
        for row in found
    ]
    money = connection.execute(
        select(receipt.c.number, receipt.c.kind, receipt.c.method, receipt.c.amount)
        .join(dossier, dossier.c.key == receipt.c.root_key)
        .where(receipt_visible(actor), receipt.c.day == day.isoformat(), _taken(unit))
        .order_by(receipt.c.number)
    ).all()
    movements = [Movement(**row._mapping) for row in money]
    figures = close_day(unit, start, end, rows, movements)
    return {"unit": unit, "day": day.isoformat(), **figures}


def _of_unit(unit: str) -> ColumnElement[bool]:
    return or_(
        dossier.c.unit_id.startswith(unit, autoescape=True),
        dossier.c.receiving_unit.startswith(unit, autoescape=True),
    )


def _taken(unit: str) -> ColumnElement[bool]:
    return receipt.c.taken_at.startswith(unit, autoescape=True)


def _of_day(start: datetime, end: datetime) -> ColumnElement[bool]:
    days = [
        and_(column >= start, column < end)
        for column in (dossier.c.accepted_at, dossier.c.finished_at, dossier.c.closed_at)
    ]
    still = and_(
        dossier.c.statutory_due_at < end,
        or_(dossier.c.closed_at.is_(None), dossier.c.closed_at >= end),
        or_(dossier.c.finished_at.is_(None), dossier.c.finished_at >= end),
    )
    return or_(*days, still)


def _groups(connection: Connection, keys: list[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for first in range(0, len(keys), 500):
        rows = connection.execute(
            select(user_task.c.root_key, task_candidate.c.group_id)
            .join(task_candidate, task_candidate.c.task_key == user_task.c.key)
            .where(
                user_task.c.root_key.in_(keys[first : first + 500]),
                user_task.c.state == "CREATED",
                task_candidate.c.kind == "group",
            )
        )
        for root_key, group in rows:
            found[root_key] = (*found.get(root_key, ()), group)
    return found
