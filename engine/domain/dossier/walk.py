"""Walk a flow graph with the portal's table: every path whose codes the table forbids.

Each path is walked on its own, so what two parallel branches emit in turn is
not seen here; at run time the table decides. An event sub-process is entered
only where its first code is allowed, because there the event is refused.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from engine.domain.dossier.portal import (
    ACCEPTED,
    PAYMENT,
    SUPPLEMENT,
    may_follow,
    stage_after,
)

_HELD: Final = (SUPPLEMENT, PAYMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """Nodes by id: ``flows`` to the next ones, ``events`` attached or inside a scope.

    ``waits`` are nodes at which a step ends, ``codes`` what entering one emits.
    """

    starts: tuple[str, ...]
    flows: Mapping[str, tuple[str, ...]]
    codes: Mapping[str, int]
    boundary: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    guarded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    waits: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Illegal:
    """At ``node`` a path with status ``before`` emits ``after``; the path's nodes in order."""

    node: str
    before: int
    after: int
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """``guarded`` until the first code after an event sub-process began."""

    node: str
    status: int
    stage: int
    guarded: bool = False


def illegal_steps(graph: Graph, first: int = ACCEPTED) -> Iterator[Illegal]:
    """One finding for each node and forbidden pair of codes, with the shortest path to it."""
    todo: deque[tuple[_Place, tuple[str, ...]]] = deque(
        (_Place(node, first, first), ()) for node in graph.starts
    )
    seen = {place for place, _ in todo}
    told: set[tuple[str, int]] = set()
    while todo:
        place, path = todo.popleft()
        path = (*path, place.node)
        entered = _enter(graph, place)
        if entered is None:
            if not place.guarded and (place.node, place.status) not in told:
                told.add((place.node, place.status))
                code = graph.codes[place.node]
                yield Illegal(node=place.node, before=place.status, after=code, path=path)
            continue
        for further in _next(graph, entered):
            if further not in seen:
                seen.add(further)
                todo.append((further, path))


def _enter(graph: Graph, place: _Place) -> _Place | None:
    """How the dossier stands once the node is entered; None when the table forbids it."""
    code = graph.codes.get(place.node)
    if code is None:
        over = place.status in _HELD and place.node in graph.waits
        return replace(place, status=place.stage) if over else place
    held = place.status in _HELD
    legal = (
        code == place.status
        or may_follow(place.status, code, place.stage)
        or (held and (code == place.stage or may_follow(place.stage, code, place.stage)))
    )
    if not legal:
        return None
    return _Place(place.node, code, stage_after(code, place.stage))


def _next(graph: Graph, place: _Place) -> Iterator[_Place]:
    for node in (*graph.flows.get(place.node, ()), *graph.boundary.get(place.node, ())):
        yield replace(place, node=node)
    for node in graph.guarded.get(place.node, ()):
        yield replace(place, node=node, guarded=True)
