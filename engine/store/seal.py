"""Seals: once a minute the heads of all chains that grew, under one Merkle root.

A seal holds the hash of the seal before it, so neither a chain's end nor a
whole root can go without a seal that still names it. Roots somebody writes to
just now are sealed the next time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import bindparam, insert, select, update

from engine.store import chain, locks
from engine.store.sqltypes import to_ms
from engine.store.tables import root, seal, seal_leaf
from engine.store.transaction import Transaction

AT_ONCE = 10_000

_CHANGED = (
    select(root.c.key, root.c.seq, root.c.head)
    .where(root.c.sealed_seq < root.c.seq)
    .order_by(root.c.key)
    .limit(AT_ONCE)
    .with_for_update(skip_locked=True)
)
_LAST = select(seal.c.number, seal.c.hash).order_by(seal.c.number.desc()).limit(1)
_SEALED = update(root).where(root.c.key == bindparam("k")).values(sealed_seq=bindparam("v"))


def seal_heads(tx: Transaction) -> int:
    """Write one seal over up to 10,000 changed heads; how many."""
    locks.hold(tx, ["seal"])
    rows = tx.read(_CHANGED).all()
    if not rows:
        return 0
    last = tx.read(_LAST).one_or_none()
    number, prev = (last.number + 1, last.hash) if last else (1, chain.GENESIS)
    leaves = [leaf(row.key, row.seq, row.head) for row in rows]
    top, at = merkle_root(leaves), tx.machine_now()
    tx.write(
        insert(seal),
        {
            "number": number,
            "at": at,
            "merkle_root": top,
            "prev": prev,
            "hash": seal_hash(number, to_ms(at), top, prev),
        },
    )
    tx.write(insert(seal_leaf), [_leaf_row(number, row) for row in rows])
    tx.write(_SEALED, [{"k": row.key, "v": row.seq} for row in rows])
    return len(rows)


def leaf(root_key: int, seq: int, head: bytes) -> bytes:
    """One head as a leaf; the first byte keeps leaves and nodes apart."""
    return hashlib.sha256(b"\0" + orjson.dumps([root_key, seq]) + head).digest()


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """The top of the tree; a node without a neighbour moves up as it is."""
    level = list(leaves)
    while len(level) > 1:
        pairs = [level[place : place + 2] for place in range(0, len(level), 2)]
        level = [
            hashlib.sha256(b"\1" + pair[0] + pair[1]).digest() if len(pair) == 2 else pair[0]
            for pair in pairs
        ]
    return level[0]


def seal_hash(number: int, at: int, top: bytes, prev: bytes) -> bytes:
    """What the next seal holds on to; ``at`` in milliseconds."""
    return hashlib.sha256(orjson.dumps([number, at]) + top + prev).digest()


def _leaf_row(number: int, row: Any) -> dict[str, Any]:
    return {"seal_number": number, "root_key": row.key, "seq": row.seq, "head": row.head}
