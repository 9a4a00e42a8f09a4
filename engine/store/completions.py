"""Who completed a task, read from the chain of events: the only place that cannot be edited."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from engine.domain.events import TaskCompleted
from engine.domain.ids import Key
from engine.store import codec
from engine.store.tables import event, user_task
from engine.store.transaction import Transaction

_TASKS = select(user_task.c.key, user_task.c.root_key).where(
    user_task.c.instance_key == bindparam("instance"),
    user_task.c.element_id == bindparam("element"),
    user_task.c.state == "COMPLETED",
)
_DONE = select(event.c.actor, event.c.payload).where(
    event.c.root_key == bindparam("root"), event.c.type == TaskCompleted.wire
)


def completed_by(tx: Transaction, instance_key: Key, element_id: str) -> frozenset[str]:
    """Names of the actors."""
    rows = tx.read(_TASKS, {"instance": instance_key, "element": element_id}).all()
    if not rows:
        return frozenset()
    keys = {row.key for row in rows}
    done = tx.read(_DONE, {"root": rows[0].root_key})
    return frozenset(row.actor for row in done if _key(row.payload) in keys)


def _key(payload: str) -> Key:
    found = codec.loads(payload)
    return int(str(found["key"])) if isinstance(found, dict) else 0
