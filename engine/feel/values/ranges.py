"""Ranges: two ends, each open or closed, either of which may be missing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Range:
    """``[low..high]``; ``operator`` is set when it was written as a comparison, ``(< 10)``."""

    low: object
    high: object
    low_closed: bool = True
    high_closed: bool = True
    operator: str | None = None


def comparison_range(operator: str, end: object) -> Range:
    """The range a comparison stands for; ``!=`` keeps its operator and both ends."""
    if operator in ("<", "<="):
        return Range(None, end, False, operator == "<=", operator)
    if operator in (">", ">="):
        return Range(end, None, operator == ">=", False, operator)
    return Range(end, end, operator == "=", operator == "=", operator)
