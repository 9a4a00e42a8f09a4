"""One root's chain of events: complete, in order, unchanged, and ending where the root says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from engine.store import chain
from engine.store.audit.findings import Trouble, row
from engine.store.audit.raw import as_bytes


def broken_links(root: Any, events: Sequence[Any]) -> Iterator[Trouble]:
    """What is wrong with the events of a root, in the order of their numbers."""
    expected, prev = 1, chain.GENESIS
    for event in events:
        place = row("event", root_key=event.root_key, seq=event.seq)
        if event.seq > expected:
            for missing in range(expected, event.seq):
                yield _missing(root.key, missing)
        elif as_bytes(event.prev) != prev:
            yield Trouble(place=place, sentence="does not follow the event before it")
        if _hash(event) != as_bytes(event.hash):
            yield Trouble(place=place, sentence="was changed: its hash is another")
        expected, prev = event.seq + 1, as_bytes(event.hash)
    for missing in range(expected, root.seq + 1):
        yield _missing(root.key, missing)
    head = row("root", key=root.key)
    if expected > root.seq + 1:
        yield Trouble(place=head, sentence=f"was changed: it counts {root.seq} events")
    elif expected == root.seq + 1 and prev != as_bytes(root.head):
        yield Trouble(place=head, sentence="was changed: its head is not the last event's hash")


def _missing(root_key: int, seq: int) -> Trouble:
    place = row("event", root_key=root_key, seq=seq)
    return Trouble(place=place, sentence="is missing: it was deleted")


def _hash(event: Any) -> bytes:
    return chain.link(
        event.root_key,
        event.seq,
        event.type,
        event.actor,
        event.at,
        event.unit,
        event.payload,
        as_bytes(event.prev),
    )
