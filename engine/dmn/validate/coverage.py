"""Finds inputs that two rules match, and inputs that no rule matches.

Only certain findings are told: a cell that is not simple counts as matching
nothing when overlaps are sought and as matching everything when gaps are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from engine.dmn.validate.domains import Column

_PAIRS = 500_000
_STATES = 20_000


def overlaps(columns: Sequence[Column], rules: int) -> Iterator[tuple[int, int, dict[str, str]]]:
    """Pairs of 0-based rules that both match some input, with an example of it."""
    for checked, (first, second) in enumerate(combinations(range(rules), 2)):
        if checked >= _PAIRS:
            return
        common = [_common(column, first, second) for column in columns]
        if all(common):
            example = {
                column.label: column.example(atoms)
                for column, atoms in zip(columns, common, strict=True)
            }
            yield first, second, example


def _common(column: Column, first: int, second: int) -> int:
    return (column.cells[first] or 0) & (column.cells[second] or 0)


def gaps(columns: Sequence[Column], rules: int) -> Iterator[dict[str, str]]:
    """Examples of inputs that no rule matches."""
    classes = [_classes(column) for column in columns]
    seen: set[tuple[int, int]] = set()
    pending: list[tuple[int, tuple[int, ...]]] = [((1 << rules) - 1, ())]
    while pending and len(seen) < _STATES:
        left, path = pending.pop()
        if not left:
            yield _example(columns, path)
        elif len(path) < len(columns) and (len(path), left) not in seen:
            seen.add((len(path), left))
            steps = [(left & covering, (*path, atom)) for atom, covering in classes[len(path)]]
            # States are met again and again; only gaps are worth a second look.
            fresh = [step for step in steps if not step[0] or (len(step[1]), step[0]) not in seen]
            pending.extend(reversed(fresh))


def _classes(column: Column) -> list[tuple[int, int]]:
    """The first atom of each run of atoms that the same rules accept, with those rules."""
    found: list[tuple[int, int]] = []
    for atom in range(len(column.atoms)):
        covering = 0
        for rule, cell in enumerate(column.cells):
            if cell is None or cell >> atom & 1:
                covering |= 1 << rule
        if not found or found[-1][1] != covering:
            found.append((atom, covering))
    return found


def _example(columns: Sequence[Column], path: tuple[int, ...]) -> dict[str, str]:
    # Columns behind the last one looked at do not matter: nothing matches any more.
    atoms = [*path, *[0] * (len(columns) - len(path))]
    return {
        column.label: column.example(1 << atom) for column, atom in zip(columns, atoms, strict=True)
    }
