"""Pauses of the clock: their union counts, so overlapping ones count once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.errors import InvalidInput

PauseKind = Literal["supplement", "finance", "court", "consult", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """The clock stands from ``start`` to ``end`` (None = still) by ``rule``."""

    start: datetime
    end: datetime | None
    kind: PauseKind
    rule: str

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise InvalidInput("A pause ends before it begins.", code="pause-reversed")


Interval = tuple[datetime, datetime, str]


def union(pauses: Iterable[Pause], now: datetime) -> tuple[Interval, ...]:
    """Disjoint intervals in order with the rules behind them; open ones last until ``now``."""
    spans = sorted(
        (pause.start, max(pause.end or now, pause.start), pause.rule) for pause in pauses
    )
    merged: list[Interval] = []
    for start, end, rule in spans:
        if merged and start <= merged[-1][1]:
            last_start, last_end, rules = merged[-1]
            if rule not in rules.split(" + "):
                rules = f"{rules} + {rule}"
            merged[-1] = (last_start, max(last_end, end), rules)
        else:
            merged.append((start, end, rule))
    return tuple(merged)


def covering(
    intervals: Iterable[Interval], sessions: Iterable[tuple[datetime, datetime]]
) -> str | None:
    """The rule of a pause that overlaps one of the sessions, or None."""
    for start, end in sessions:
        for pause_start, pause_end, rule in intervals:
            if pause_start < end and start < pause_end:
                return rule
    return None


def subtract(
    session: tuple[datetime, datetime], intervals: Iterable[Interval]
) -> tuple[tuple[datetime, datetime], ...]:
    """What is left of a session when the pauses are taken out."""
    left = [session]
    for pause_start, pause_end, _ in intervals:
        left = [
            part
            for start, end in left
            for part in ((start, min(end, pause_start)), (max(start, pause_end), end))
            if part[0] < part[1]
        ]
    return tuple(left)
