"""Sets of parallel multiple start events in SQL.

All that comes for one start event is placed one after the other, so that two
events at the same moment never open two sets for one key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, delete, insert, or_, select, update

from engine.domain.ids import Key
from engine.domain.records import StartRecord
from engine.domain.start_sets import NO_KEY, Arrival, Need, joins
from engine.ports.arrivals import StartSet
from engine.store import locks
from engine.store.rows import Row
from engine.store.tables import message, message_taken, start_arrival, start_subscription
from engine.store.transaction import Transaction

_SAME = (
    start_arrival.c.definition_key == bindparam("d"),
    start_arrival.c.element_id == bindparam("e"),
)
_ALL = select(start_arrival).where(*_SAME).order_by(start_arrival.c.number)
_OF_KEY = _ALL.where(
    or_(
        start_arrival.c.correlation_key == bindparam("c"), start_arrival.c.correlation_key == NO_KEY
    )
)
_KEPT = (
    select(message.c.key)
    .join(start_subscription, start_subscription.c.name == message.c.name)
    .where(
        start_subscription.c.definition_key == bindparam("d"),
        start_subscription.c.element_id == bindparam("e"),
        start_subscription.c.kind == "message",
        message.c.tenant_id == start_subscription.c.tenant_id,
        message.c.expires_at > bindparam("now", type_=message.c.expires_at.type),
        ~select(message_taken.c.message_key)
        .where(
            message_taken.c.message_key == message.c.key,
            message_taken.c.process_id == start_subscription.c.process_id,
        )
        .exists(),
    )
    .order_by(message.c.published_at, message.c.key)
)


class SqlArrivals:
    """``engine.ports.arrivals.Arrivals`` in SQL."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, start: StartRecord, arrival: Arrival) -> Sequence[StartSet]:
        """Place the arrival and keep its variables."""
        locks.hold(self._tx, [f"start|{start.definition.key}|{start.element_id}"])
        sets = self._sets(start, arrival)
        joined = joins(sets, arrival, start.needs)
        return [self._join(start, arrival, sets, *keys) for keys in joined]

    def close(self, start: StartRecord, correlation_key: str) -> Sequence[Key]:
        """Forget the set; kept messages that found no place in it may open the next one."""
        names = _names(start)
        mine = start_arrival.c.correlation_key == bindparam("c")
        self._tx.write(delete(start_arrival).where(*_SAME, mine), names | {"c": correlation_key})
        return list(self._tx.read(_KEPT, names | {"now": self._tx.now}).scalars())

    def _sets(self, start: StartRecord, arrival: Arrival) -> dict[str, dict[Need, Row]]:
        names = _names(start)
        if arrival.correlation_key == NO_KEY:
            found = self._tx.read(_ALL, names)
        else:
            found = self._tx.read(_OF_KEY, names | {"c": arrival.correlation_key})
        sets: dict[str, dict[Need, Row]] = defaultdict(dict)
        for row in found.all():
            sets[row.correlation_key][(row.kind, row.name)] = row._asdict()
        return sets

    def _join(
        self,
        start: StartRecord,
        arrival: Arrival,
        sets: dict[str, dict[Need, Row]],
        old: str,
        new: str,
    ) -> StartSet:
        came = dict(sets.get(old, {}))
        names = _names(start) | {"c": old}
        mine = (*_SAME, start_arrival.c.correlation_key == bindparam("c"))
        if old != new:
            self._tx.write(update(start_arrival).where(*mine).values(correlation_key=new), names)
        replaced = came.pop(arrival.need, None)
        if replaced is not None:
            same = (
                start_arrival.c.kind == arrival.kind,
                start_arrival.c.name == arrival.name,
            )
            self._tx.write(delete(start_arrival).where(*mine, *same), names)
        earlier = replaced or next(iter(came.values()), None)
        instance_key = earlier["instance_key"] if earlier else self._tx.next_key()
        row = self._row(start, arrival, new, instance_key)
        self._tx.write(insert(start_arrival), row)
        variables: dict[str, object] = {}
        for each in (*came.values(), row):
            variables.update(each["variables"])
        return StartSet(
            correlation_key=new,
            instance_key=instance_key,
            variables=variables,
            complete=len(came) + 1 >= start.needs,
        )

    def _row(
        self, start: StartRecord, arrival: Arrival, correlation_key: str, instance_key: int
    ) -> Row:
        return {
            "definition_key": start.definition.key,
            "element_id": start.element_id,
            "correlation_key": correlation_key,
            "kind": arrival.kind,
            "name": arrival.name,
            "instance_key": instance_key,
            "tenant_id": start.tenant_id,
            "process_id": start.definition.process_id,
            "variables": dict(arrival.variables),
            "arrived_at": self._tx.now,
            "number": self._tx.next_key(),
        }


def _names(start: StartRecord) -> dict[str, Any]:
    return {"d": start.definition.key, "e": start.element_id}
