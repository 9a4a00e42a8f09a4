"""Seals: an unbroken row of them, and every sealed head still in its chain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import orjson
from sqlalchemy import Connection, and_, exists, select

from engine.domain.events import HistoryRemoved
from engine.store import chain
from engine.store.audit.findings import Trouble, row
from engine.store.audit.raw import as_bytes, columns
from engine.store.seal import leaf, merkle_root, seal_hash
from engine.store.tables import event, removed_root, root, seal, seal_leaf


def broken_seals(connection: Connection) -> Iterator[Trouble]:
    """What is wrong with the seals themselves."""
    leaves = _leaves(connection)
    held = next(leaves, None)
    expected, prev = 1, chain.GENESIS
    for one in connection.execute(select(*columns(seal)).order_by(seal.c.number)):
        place = row("seal", number=one.number)
        for missing in range(expected, one.number):
            yield Trouble(place=row("seal", number=missing), sentence="is missing: it was deleted")
        if one.number == expected and as_bytes(one.prev) != prev:
            yield Trouble(place=place, sentence="does not follow the seal before it")
        if as_bytes(one.hash) != seal_hash(
            one.number, one.at, as_bytes(one.merkle_root), as_bytes(one.prev)
        ):
            yield Trouble(place=place, sentence="was changed: its hash is another")
        own: Sequence[bytes] = ()
        while held is not None and held[0] <= one.number:
            if held[0] == one.number:
                own = held[1]
            held = next(leaves, None)
        if not own or merkle_root(own) != as_bytes(one.merkle_root):
            yield Trouble(place=place, sentence="does not match its leaves: one was changed")
        expected, prev = one.number + 1, as_bytes(one.hash)


def lost_heads(connection: Connection) -> Iterator[Trouble]:
    """Sealed heads that their chain no longer holds, and roots whose seal is gone."""
    joined = seal_leaf.outerjoin(root, root.c.key == seal_leaf.c.root_key).outerjoin(
        event, and_(event.c.root_key == seal_leaf.c.root_key, event.c.seq == seal_leaf.c.seq)
    )
    found = (
        select(seal_leaf.c.root_key, seal_leaf.c.seq, root.c.key.label("known"), event.c.hash)
        .select_from(joined)
        .where((event.c.hash.is_(None)) | (event.c.hash != seal_leaf.c.head))
        .order_by(seal_leaf.c.root_key, seal_leaf.c.seq)
    )
    removed = _removed(connection)
    for one in connection.execute(found):
        if one.known is None and one.seq <= removed.get(one.root_key, 0):
            continue
        if one.known is None:
            place, sentence = row("root", key=one.root_key), "is missing: it was deleted"
        else:
            place = row("event", root_key=one.root_key, seq=one.seq)
            gone = "is missing: it was deleted" if one.hash is None else "was changed"
            sentence = f"{gone} after it was sealed"
        yield Trouble(place=place, sentence=sentence)
    leafless = select(root.c.key, root.c.sealed_seq).where(
        root.c.sealed_seq > 0,
        ~exists(
            select(1).where(
                seal_leaf.c.root_key == root.c.key, seal_leaf.c.seq == root.c.sealed_seq
            )
        ),
    )
    for bare in connection.execute(leafless):
        place = row("seal_leaf", root_key=bare.key, seq=bare.sealed_seq)
        yield Trouble(place=place, sentence="is missing: the seal of this head was deleted")


def removed_wrongly(connection: Connection) -> Iterator[Trouble]:
    """Tombstones that no event of a day tells of, or that differ from what was sealed."""
    told = {}
    for payload in connection.execute(
        select(event.c.payload).where(event.c.type == HistoryRemoved.wire)
    ).scalars():
        held = orjson.loads(payload)
        told[held["key"]] = (held["seq"], held["head"])
    for one in connection.execute(select(*columns(removed_root))):
        place = row("removed_root", root_key=one.root_key)
        if told.pop(one.root_key, None) != (one.seq, as_bytes(one.head).hex()):
            yield Trouble(place=place, sentence="was added or changed: no event tells of it")
    for key in told:
        place = row("removed_root", root_key=key)
        yield Trouble(place=place, sentence="is missing: it was deleted")
    differs = select(seal_leaf.c.root_key).where(
        seal_leaf.c.root_key == removed_root.c.root_key,
        seal_leaf.c.seq == removed_root.c.seq,
        seal_leaf.c.head == removed_root.c.head,
    )
    for key in connection.execute(
        select(removed_root.c.root_key).where(~exists(differs))
    ).scalars():
        place = row("removed_root", root_key=key)
        yield Trouble(place=place, sentence="was changed: no seal holds its head")


def _removed(connection: Connection) -> dict[int, int]:
    found = connection.execute(select(removed_root.c.root_key, removed_root.c.seq))
    return {one.root_key: one.seq for one in found}


def orphans(connection: Connection) -> Iterator[Trouble]:
    """Events whose root's row is gone."""
    known = exists(select(1).where(root.c.key == event.c.root_key))
    found = select(event.c.root_key).distinct().where(~known).order_by(event.c.root_key)
    for key in connection.execute(found).scalars():
        yield Trouble(place=row("root", key=key), sentence="is missing: it was deleted")


def _leaves(connection: Connection) -> Iterator[tuple[int, list[bytes]]]:
    statement = select(*columns(seal_leaf)).order_by(seal_leaf.c.seal_number, seal_leaf.c.root_key)
    rows = connection.execution_options(yield_per=1000).execute(statement)
    for number, group in groupby(rows, key=lambda one: one.seal_number):
        yield number, [_leaf(one) for one in group]


def _leaf(one: Any) -> bytes:
    return leaf(one.root_key, one.seq, as_bytes(one.head))
