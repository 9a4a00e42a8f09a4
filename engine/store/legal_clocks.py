"""Legal clocks in SQL. A clock of a task or timer runs as long as that stands open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, Select, and_, bindparam, exists, or_, select

from engine.domain.clock import Pause
from engine.domain.clock.legal import (
    ClockRecord,
    ExtensionRecord,
    Origin,
    PauseRecord,
    Standing,
)
from engine.domain.ids import Key
from engine.ports.legal_clocks import Affected
from engine.store.tables import (
    legal_clock,
    legal_extension,
    legal_pause,
    process_instance,
    timer,
    user_task,
)
from engine.store.transaction import Transaction

_OWN = legal_clock.c.name.in_(("statutory", "committed"))
_TASK_OPEN = exists().where(
    user_task.c.key == legal_clock.c.task_key, user_task.c.state == "CREATED"
)
_TIMER_ARMED = exists().where(timer.c.clock_key == legal_clock.c.key)
_RUNNING = or_(and_(_OWN, legal_clock.c.stopped_at.is_(None)), _TASK_OPEN, _TIMER_ARMED)
_ROOTS: BindParameter[Any] = bindparam("roots", expanding=True)
_CLOCKS = (
    select(legal_clock)
    .where(legal_clock.c.root_key.in_(_ROOTS), or_(_OWN, _RUNNING))
    .order_by(legal_clock.c.key)
)
_PAUSES = (
    select(legal_pause)
    .where(legal_pause.c.root_key.in_(_ROOTS))
    .order_by(legal_pause.c.since, legal_pause.c.key)
)
_EXTENSIONS = (
    select(legal_extension)
    .where(legal_extension.c.root_key.in_(_ROOTS))
    .order_by(legal_extension.c.key)
)
_OUTDATED = (
    select(legal_clock.c.root_key)
    .where(legal_clock.c.calendar != bindparam("calendar"), _RUNNING)
    .group_by(legal_clock.c.root_key)
    .order_by(legal_clock.c.root_key)
    .limit(bindparam("at_most"))
)
_AFFECTED = (
    select(legal_clock.c.root_key)
    .where(
        _RUNNING,
        legal_clock.c.tenant_id == bindparam("tenant"),
        legal_clock.c.unit_id.startswith(bindparam("below"), autoescape=False),
        legal_clock.c.root_key > bindparam("after"),
    )
    .group_by(legal_clock.c.root_key)
    .order_by(legal_clock.c.root_key)
    .limit(bindparam("at_most"))
)
_NAMES = select(
    process_instance.c.key, process_instance.c.business_id, process_instance.c.process_id
).where(process_instance.c.key.in_(_ROOTS))


class SqlLegalClocks:
    """``engine.ports.legal_clocks.LegalClocks`` in SQL."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def standing(self, root_key: Key) -> Standing:
        """Clocks, pauses and extensions of one root."""
        return self._standings([root_key])[root_key]

    def running(self, tenant_id: str, unit: str, after: Key, limit: int) -> Sequence[Affected]:
        """Roots with running clocks, by key."""
        parameters = {"tenant": tenant_id, "below": unit, "after": after, "at_most": limit}
        roots = list(self._tx.read(_AFFECTED, parameters).scalars())
        if not roots:
            return []
        named = {row.key: row for row in self._tx.read(_NAMES, {"roots": roots})}
        standings = self._standings(roots)
        return [
            Affected(
                root_key=root,
                business_id=named[root].business_id if root in named else None,
                process_id=named[root].process_id if root in named else None,
                standing=standings[root],
            )
            for root in roots
        ]

    def outdated(self, calendar: str, limit: int) -> Iterable[Key]:
        """Roots whose dates were computed with another state of the law."""
        parameters = {"calendar": calendar, "at_most": limit}
        return list(self._tx.read(_OUTDATED, parameters).scalars())

    def _standings(self, roots: Sequence[Key]) -> dict[Key, Standing]:
        clocks = self._by_root(_CLOCKS, roots)
        pauses = self._by_root(_PAUSES, roots)
        extensions = self._by_root(_EXTENSIONS, roots)
        return {
            root: Standing(
                clocks=tuple(map(_clock, clocks.get(root, ()))),
                pauses=tuple(map(_pause, pauses.get(root, ()))),
                extensions=tuple(map(_extension, extensions.get(root, ()))),
            )
            for root in roots
        }

    def _by_root(
        self, statement: Select[Any], roots: Sequence[Key]
    ) -> dict[Key, list[Mapping[str, Any]]]:
        found: dict[Key, list[Mapping[str, Any]]] = {}
        for row in self._tx.read(statement, {"roots": list(roots)}):
            found.setdefault(row.root_key, []).append(row._asdict())
        return found


def _clock(row: Mapping[str, Any]) -> ClockRecord:
    names = ("term", "start", "purpose", "unit", "procedure_code", "cut_off", "supplement",
             "supplement_rule", "calendar")  # fmt: skip
    own = ("key", "root_key", "name", "due_at", "amber_at", "stopped_at", "element_id",
           "element_key", "index", "task_key")  # fmt: skip
    return ClockRecord(
        origin=Origin(**{name: row[name] for name in names}),
        **{name: row[name] for name in own},
    )


def _pause(row: Mapping[str, Any]) -> PauseRecord:
    pause = Pause(start=row["since"], end=row["until"], kind=row["kind"], rule=row["rule"])
    return PauseRecord(key=row["key"], pause=pause)


def _extension(row: Mapping[str, Any]) -> ExtensionRecord:
    return ExtensionRecord(key=row["key"], term=row["term"], document=row["document"], at=row["at"])
