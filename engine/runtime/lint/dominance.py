"""Two graph algorithms without recursion: strong components and immediate dominators."""

from __future__ import annotations

from typing import TypeAlias

Graph: TypeAlias = list[list[int]]


def components(graph: Graph) -> list[list[int]]:
    """Strongly connected components (Tarjan)."""
    found: list[list[int]] = []
    index = [-1] * len(graph)
    low = [0] * len(graph)
    held = [False] * len(graph)
    path: list[int] = []
    count = 0
    for root in range(len(graph)):
        if index[root] >= 0:
            continue
        work = [(root, 0)]
        while work:
            node, position = work.pop()
            if position == 0:
                index[node] = low[node] = count
                count += 1
                path.append(node)
                held[node] = True
            elif held[child := graph[node][position - 1]]:
                low[node] = min(low[node], low[child])
            for offset in range(position, len(graph[node])):
                child = graph[node][offset]
                if index[child] < 0:
                    work += [(node, offset + 1), (child, 0)]
                    break
                if held[child]:
                    low[node] = min(low[node], index[child])
            else:
                if low[node] == index[node]:
                    found.append(_take(node, path, held))
    return found


def _take(node: int, path: list[int], held: list[bool]) -> list[int]:
    component = []
    while True:
        top = path.pop()
        held[top] = False
        component.append(top)
        if top == node:
            return component


def dominators(graph: Graph) -> list[int]:
    """Immediate dominator of every point seen from point 0, -1 when unreachable (Cooper)."""
    order = _postorder(graph)
    rank = {point: place for place, point in enumerate(order)}
    sources: Graph = [[] for _ in graph]
    for point in order:
        for item in graph[point]:
            sources[item].append(point)
    parents = [-1] * len(graph)
    parents[0] = 0
    changed = True
    while changed:
        changed = False
        for point in reversed(order):
            if point == 0:
                continue
            known = [item for item in sources[point] if parents[item] >= 0]
            best = known[0]
            for item in known[1:]:
                best = _common(best, item, parents, rank)
            if parents[point] != best:
                parents[point] = best
                changed = True
    return parents


def _common(first: int, second: int, parents: list[int], rank: dict[int, int]) -> int:
    while first != second:
        while rank[first] < rank[second]:
            first = parents[first]
        while rank[second] < rank[first]:
            second = parents[second]
    return first


def _postorder(graph: Graph) -> list[int]:
    order: list[int] = []
    seen = {0}
    work = [(0, iter(graph[0]))]
    while work:
        node, items = work[-1]
        for item in items:
            if item not in seen:
                seen.add(item)
                work.append((item, iter(graph[item])))
                break
        else:
            order.append(node)
            work.pop()
    return order
