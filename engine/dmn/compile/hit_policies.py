"""What becomes of the rules that match: the seven hit policies and the four collectors.

A policy that the matches break (two rules of a UNIQUE table, different results
of an ANY table) has no value: the table yields null and says why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from engine.feel import compile_expression, feel_equal

Outputs = tuple[object, ...]
# For each output, the position of a value in its list of allowed values.
Ranks = Sequence[Callable[[object], int]]


class PolicyBroken(Exception):
    """The matched rules contradict the hit policy."""


def single_hit(policy: str, matches: Sequence[Outputs], ranks: Ranks) -> Outputs:
    """The outputs of U, A, P and F for at least one match."""
    if policy == "U" and len(matches) > 1:
        raise PolicyBroken(f"{len(matches)} rules match, a UNIQUE table allows one")
    if policy == "A" and any(not _equal(matches[0], other) for other in matches[1:]):
        raise PolicyBroken("the matching rules of an ANY table have different outputs")
    return _by_priority(matches, ranks)[0] if policy == "P" else matches[0]


def multiple_hit(policy: str, matches: Sequence[Outputs], ranks: Ranks) -> list[Outputs]:
    """The outputs of C, R and O, in the order of rules or of output values."""
    return _by_priority(matches, ranks) if policy == "O" else list(matches)


def _equal(first: Outputs, second: Outputs) -> bool:
    return all(feel_equal(a, b) is True for a, b in zip(first, second, strict=True))


def _by_priority(matches: Sequence[Outputs], ranks: Ranks) -> list[Outputs]:
    def key(outputs: Outputs) -> list[int]:
        return [rank(value) for rank, value in zip(ranks, outputs, strict=True)]

    return sorted(matches, key=key)


_AGGREGATES = {
    "+": compile_expression("sum(values)", ["values"]),
    "<": compile_expression("min(values)", ["values"]),
    ">": compile_expression("max(values)", ["values"]),
}


def aggregate(sign: str, values: list[object]) -> object:
    """The collected values under ``+``, ``<``, ``>`` or ``#``; null of nothing, but 0 for ``#``."""
    if sign == "#":
        return Decimal(len(values))
    return _AGGREGATES[sign].evaluate({"values": values}) if values else None
