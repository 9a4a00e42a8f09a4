"""How points and ranges lie to each other (Allen's relations), and ``range()``.

An end of a range becomes an edge: its value and whether it stands just behind
(1) or just before (-1) that value when open. All relations then compare edges.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.feel.builtins.range_text import range_from_text
from engine.feel.builtins.registry import builtin
from engine.feel.errors import NoValue
from engine.feel.operators.ordering import sign_of
from engine.feel.values.ranges import Range


@dataclass(frozen=True, slots=True)
class Edge:
    """One end; ``infinite`` is -1 or 1 for an end that is missing."""

    value: object
    side: int
    infinite: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """A point or range by its edges."""

    low: Edge
    high: Edge


def _order(one: Edge, other: Edge) -> int:
    if one.infinite or other.infinite:
        return one.infinite - other.infinite
    sign = sign_of(one.value, other.value)
    if sign is None:
        raise NoValue("the points and ranges cannot be compared", "operands")
    return sign or one.side - other.side


def _span(value: object) -> Span:
    if not isinstance(value, Range):
        return Span(Edge(value, 0), Edge(value, 0))
    low = Edge(None, 0, -1) if value.low is None else Edge(value.low, 0 if value.low_closed else 1)
    high = (
        Edge(None, 0, 1) if value.high is None else Edge(value.high, 0 if value.high_closed else -1)
    )
    return Span(low, high)


_POINTS = ("point1: any", "point2: any")
_POINT_RANGE = ("point: any", "range: range")
_RANGE_POINT = ("range: range", "point: any")
_RANGES = ("range1: range", "range2: range")


def _relation(name: str, test: Callable[[Span, Span], bool], *pairs: tuple[str, str]) -> None:
    """Register a relation for the pairs of arguments the standard gives it."""

    def relation(one: object, other: object) -> bool:
        return test(_span(one), _span(other))

    for first, second in pairs:
        builtin(f"{name}({first}, {second})")(relation)


def _before(a: Span, b: Span) -> bool:
    return _order(a.high, b.low) < 0


def _meets(a: Span, b: Span) -> bool:
    return a.high.side == b.low.side == 0 and _order(a.high, b.low) == 0


def _overlaps(a: Span, b: Span) -> bool:
    return _order(a.high, b.low) >= 0 and _order(a.low, b.high) <= 0


def _overlaps_before(a: Span, b: Span) -> bool:
    return _order(a.low, b.low) < 0 and _order(a.high, b.low) >= 0 and _order(a.high, b.high) <= 0


def _finishes(a: Span, b: Span) -> bool:
    return _order(a.high, b.high) == 0 and _order(a.low, b.low) >= 0


def _includes(a: Span, b: Span) -> bool:
    return _order(a.low, b.low) <= 0 and _order(a.high, b.high) >= 0


def _starts(a: Span, b: Span) -> bool:
    return _order(a.low, b.low) == 0 and _order(a.high, b.high) <= 0


def _coincides(a: Span, b: Span) -> bool:
    return _order(a.low, b.low) == 0 and _order(a.high, b.high) == 0


def _swapped(test: Callable[[Span, Span], bool]) -> Callable[[Span, Span], bool]:
    return lambda a, b: test(b, a)


_relation("before", _before, _RANGES, _POINT_RANGE, _RANGE_POINT, _POINTS)
_relation("after", _swapped(_before), _RANGES, _POINT_RANGE, _RANGE_POINT, _POINTS)
_relation("meets", _meets, _RANGES)
_relation("met by", _swapped(_meets), _RANGES)
_relation("overlaps", _overlaps, _RANGES)
_relation("overlaps before", _overlaps_before, _RANGES)
_relation("overlaps after", _swapped(_overlaps_before), _RANGES)
_relation("finishes", _finishes, _RANGES, _POINT_RANGE)
_relation("finished by", _swapped(_finishes), _RANGES, _RANGE_POINT)
_relation("includes", _includes, _RANGES, _RANGE_POINT)
_relation("during", _swapped(_includes), _RANGES, _POINT_RANGE)
_relation("starts", _starts, _RANGES, _POINT_RANGE)
_relation("started by", _swapped(_starts), _RANGES, _RANGE_POINT)
_relation("coincides", _coincides, _RANGES, _POINTS)


@builtin("range(from: string)")
def range_(text: str) -> Range:
    """A range out of its text; the ends must be written out, not computed."""
    return range_from_text(text)
