"""Decisions made against the digest their event holds: inputs, rules and results are private."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from engine.store import chain, codec
from engine.store.audit.findings import Trouble, row
from engine.store.rows import Row


def changed_evaluations(
    marks: Mapping[int, str], rows: Sequence[Row], salt: bytes | None
) -> Iterator[Trouble]:
    """``marks``: evaluation key -> digest."""
    found: dict[int, list[Row]] = defaultdict(list)
    for held in rows:
        found[held["evaluation_key"]].append(held)
    for key in marks.keys() | found.keys():
        place = row("decision_instance", evaluation_key=key)
        own = sorted(found[key], key=lambda held: held["number"])
        if key not in marks:
            yield Trouble(place=place, sentence="was added: no event tells of it")
        elif not own and salt is not None:
            yield Trouble(place=place, sentence="is missing: it was deleted")
        elif salt is not None and _digest(own, salt) != marks[key]:
            yield Trouble(place=place, sentence="was changed, or one of its rows was deleted")


def _digest(rows: Sequence[Row], salt: bytes) -> str | None:
    try:
        return chain.digest(salt, codec.dumps([_made(held) for held in rows]))
    except ValueError:
        # A text that is no JSON was written there.
        return None


def _made(held: Row) -> dict[str, object]:
    made: dict[str, object] = {
        "id": held["decision_id"],
        "name": held["decision_name"],
        "type": held["decision_type"],
        "state": held["state"],
        "inputs": codec.loads(held["inputs"]),
        "rules": codec.loads(held["rules"]),
    }
    if held["warnings"] is not None:
        made["warnings"] = codec.loads(held["warnings"])
    if held["state"] == "FAILED":
        return made | {"failure": held["failure"]}
    return made | {"result": None if held["result"] is None else codec.loads(held["result"])}
