"""Arrivals counted per way in: one waiting token per join and scope.

Surplus tokens stay for the next time, as the standard says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.runtime.flow import Flow
    from engine.runtime.instance import Instance
    from engine.runtime.node import Node
    from engine.runtime.token import Token


def arrive(instance: Instance, node: Node, owner: Token, flow: Flow | None, ways: int) -> Token:
    """Count an arrival; the token that gathers for this node and scope."""
    place = (owner.id, node.name)
    key = instance.gathering.get(place)
    if key is None:
        token = instance.place(node, owner, armed=False, internal={"in": [0] * ways})
        instance.gathering[place] = token.id
    else:
        token = instance.tasks[key]
    way = 0 if flow is None or ways == 1 else node.incoming.index(flow)
    token.internal_data["in"][way] += 1
    return token


def release(token: Token, taken: list[int], phase: int) -> None:
    """Let the token go on with what it takes from each way; the rest waits on."""
    instance, node, owner = token.workflow, token.task_spec, token.owner
    counts = token.internal_data.pop("in")
    rest = [count - used for count, used in zip(counts, taken, strict=True)]
    place = (token._parent, node.name)
    instance.gathering.pop(place)
    if any(rest) and owner is not None:
        left = instance.place(node, owner, armed=False, internal={"in": rest})
        instance.gathering[place] = left.id
    instance.journal.activated(token)
    token.wake(phase)
