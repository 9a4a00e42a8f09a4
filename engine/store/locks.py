"""Advisory locks by name, held to the end of the transaction.

SQLite needs none: its one writer holds everything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sqlalchemy import bindparam, func, select

from engine.store.transaction import Transaction

_LOCK = select(func.pg_advisory_xact_lock(bindparam("number")))


def hold(tx: Transaction, names: Iterable[str]) -> None:
    """Take the locks, always in the same order so that two takers never wait in a ring."""
    if tx.is_sqlite:
        return
    for number in sorted({_number(name) for name in names}):
        tx.write(_LOCK, {"number": number})


def _number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
