"""Carry a merger out: law and people first, then every open root, one transaction each.

May be interrupted and run again: what has moved stays moved.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from engine.commands.merge_units import MergeUnits
from engine.commands.rehome_root import RehomeRoot
from engine.domain.actors import Actor
from engine.ports.engine import Engine

AT_ONCE = 200


def merge(engine: Engine, actor: Actor, command: MergeUnits) -> Iterator[str]:
    """Lines of progress."""
    done = engine.execute(command, actor).result
    moves = cast("dict[str, str]", done["moves"])
    agencies = cast("dict[str, str]", done["agencies"])
    yield f"{done['rows']} rows of law, {done['accounts']} accounts moved"
    total = 0
    for old, new in sorted(moves.items()):
        while roots := engine.open_roots(old, AT_ONCE):
            for key in roots:
                moved = RehomeRoot(
                    root_key=key,
                    unit_from=old,
                    unit_to=new,
                    agencies=agencies,
                    decision=command.decision,
                )
                engine.execute(moved, actor)
            total += len(roots)
            yield f"  {total} open dossiers and processes moved"
    yield f"{total} open dossiers and processes moved in all"
