"""Cuts the values of a column into atoms that every cell of it treats as one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from itertools import pairwise
from operator import or_
from typing import Any, TypeAlias

from engine.dmn.validate.conditions import Condition, Interval, Simple
from engine.feel import DaysDuration, FeelDate, MonthsDuration

_NANOS_OF_DAY = 86_400_000_000_000
# An example value of an atom, as FEEL; None stands for "any value".
Atom: TypeAlias = Simple | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column's atoms, and for each cell the set of atoms it accepts as bits."""

    label: str
    atoms: tuple[Atom, ...]
    # None for a cell that is not simple.
    cells: tuple[int | None, ...]

    @property
    def everything(self) -> int:
        """The set of all atoms."""
        return (1 << len(self.atoms)) - 1

    def example(self, atoms: int) -> str:
        """The first value of a set of atoms, as FEEL writes it."""
        return as_feel(self.atoms[(atoms & -atoms).bit_length() - 1])


def column(label: str, cells: Sequence[Condition | None], allowed: Condition | None) -> Column:
    """The column of some cells whose values are perhaps limited to ``allowed``."""
    known = [cell for cell in (*cells, allowed) if cell is not None]
    ends = [end for cell in known for one in cell.intervals for end in (one.low, one.high)]
    kinds = {type(end) for end in ends if end is not None}
    if len(kinds) > 1:
        # Values of two kinds in one column: only "any" is certain.
        cells = [cell if cell is not None and not cell.intervals else None for cell in cells]
        allowed, kinds = None, set()
    if not kinds:
        atoms: list[Atom] = [None]
    else:
        atoms = _ATOMS[kinds.pop()]([end for end in ends if end is not None])
    if allowed is not None and allowed.intervals:
        atoms = [atom for atom in atoms if _accepts(allowed, atom)] or atoms
    bits = tuple(None if cell is None else _bits(cell, atoms) for cell in cells)
    return Column(label, tuple(atoms), bits)


def _bits(cell: Condition, atoms: Sequence[Atom]) -> int:
    accepted = (1 << place for place, atom in enumerate(atoms) if _accepts(cell, atom))
    return reduce(or_, accepted, 0)


def _accepts(cell: Condition, atom: Atom) -> bool:
    return any(_within(atom, interval) for interval in cell.intervals) is not cell.negated


def _within(atom: Any, interval: Interval) -> bool:
    low: Any = interval.low
    high: Any = interval.high
    if atom is None:
        return False
    if low is not None and not (atom > low or (interval.low_closed and atom == low)):
        return False
    return high is None or atom < high or (interval.high_closed and atom == high)


def _booleans(_ends: Sequence[Simple]) -> list[Atom]:
    return [True, False]


def _strings(ends: Sequence[Simple]) -> list[Atom]:
    other = "?"
    while other in ends:
        other += "?"
    return [*dict.fromkeys(ends), other]


def _ordered(
    number: Callable[[Any], Decimal], value: Callable[[Decimal], Simple], *, whole: bool
) -> Callable[[Sequence[Simple]], list[Atom]]:
    def atoms(ends: Sequence[Simple]) -> list[Atom]:
        cuts = sorted({number(end) for end in ends})
        found = [cuts[0] - 1]
        for low, high in pairwise(cuts):
            found.append(low)
            if high - low > 1:
                found.append(low + 1)
            elif not whole:
                found.append((low + high) / 2)
        found += [cuts[-1], cuts[-1] + 1]
        return [value(one) for one in found]

    return atoms


_ATOMS: dict[type, Callable[[Sequence[Simple]], list[Atom]]] = {
    bool: _booleans,
    str: _strings,
    Decimal: _ordered(lambda end: end, lambda number: number, whole=False),
    FeelDate: _ordered(
        lambda end: Decimal(end.day_number),
        lambda number: FeelDate(1970, 1, 1).plus_days(int(number)),
        whole=True,
    ),
    MonthsDuration: _ordered(
        lambda end: Decimal(end.months), lambda number: MonthsDuration(int(number)), whole=True
    ),
    DaysDuration: _ordered(
        lambda end: Decimal(end.nanos) / _NANOS_OF_DAY,
        lambda number: DaysDuration(int(number * _NANOS_OF_DAY)),
        whole=False,
    ),
}


def as_feel(value: Atom) -> str:
    """A literal of the value."""
    match value:
        case None:
            return "-"
        case bool():
            return "true" if value else "false"
        case str():
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        case Decimal():
            return f"{value:f}"
        case FeelDate():
            return f'date("{value}")'
        case _:
            return f'duration("{value}")'
