"""Idempotency: a key is claimed before the command's work, in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.ports.store import Replay
from engine.store.tables import idempotency
from engine.store.transaction import Transaction

KEPT = timedelta(hours=48)

_SAME = (
    idempotency.c.actor == bindparam("a"),
    idempotency.c.key == bindparam("k"),
)
_FIND = select(idempotency.c.body_hash, idempotency.c.result).where(*_SAME)
_RESULT = update(idempotency).where(*_SAME).values(result=bindparam("v_result"))


def claim(tx: Transaction, actor: str, key: str, body_hash: str) -> Replay | None:
    """None when the key is ours now; a key older than 48 hours is free again."""
    now = tx.real_now
    make = sqlite.insert if tx.is_sqlite else postgresql.insert
    statement = make(idempotency)
    fresh = {
        "body_hash": statement.excluded.body_hash,
        "created_at": statement.excluded.created_at,
        "result": None,
    }
    claimed = tx.write(
        statement.on_conflict_do_update(
            index_elements=["actor", "key"],
            set_=fresh,
            where=idempotency.c.created_at < now - KEPT,
        ).returning(idempotency.c.key),
        {"actor": actor, "key": key, "body_hash": body_hash, "result": None, "created_at": now},
    )
    if claimed.first() is not None:
        return None
    row = tx.read(_FIND, {"a": actor, "k": key}).one()
    return Replay(body_hash=row.body_hash, result=cast("Mapping[str, Any] | None", row.result))


def keep(tx: Transaction, actor: str, key: str, result: Mapping[str, object]) -> None:
    """What the command answered."""
    tx.write(_RESULT, {"a": actor, "k": key, "v_result": dict(result)})
