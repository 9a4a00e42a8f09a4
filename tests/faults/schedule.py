"""A random schedule of faults from a seed: what breaks, and after how much work."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Literal

Kind = Literal["kill-server", "kill-worker", "restart-database", "clock"]
EVERYWHERE: tuple[Kind, ...] = ("kill-server", "kill-server", "clock")
# SQLite has one process and no server of its own.
BESIDE: tuple[Kind, ...] = ("kill-worker", "kill-worker", "restart-database")
FEWEST, MOST = 3, 6
FURTHEST_MINUTES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """``after`` more acknowledgements, and then ``pause`` seconds; ``minutes`` for the clock."""

    kind: Kind
    after: int
    pause: float
    minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Faults in order; ``slow`` and ``twice`` are how often a worker is too slow or doubled."""

    seed: int
    faults: tuple[Fault, ...]
    poisoned: frozenset[int]
    slow: float
    twice: float


def schedule(seed: int, *, postgres: bool, instances: int) -> Schedule:
    """The schedule of a seed; the same on every machine."""
    chance = random.Random(seed)
    kinds = EVERYWHERE + (BESIDE if postgres else ())
    faults = tuple(_fault(chance, kinds) for _ in range(chance.randint(FEWEST, MOST)))
    return Schedule(
        seed=seed,
        faults=faults,
        poisoned=frozenset(chance.sample(range(instances), chance.randint(1, 3))),
        slow=chance.uniform(0.05, 0.25),
        twice=chance.uniform(0.1, 0.4),
    )


def _fault(chance: random.Random, kinds: tuple[Kind, ...]) -> Fault:
    return Fault(
        kind=chance.choice(kinds),
        after=chance.randint(0, 6),
        pause=chance.uniform(0.0, 0.4),
        minutes=chance.randint(-FURTHEST_MINUTES, FURTHEST_MINUTES),
    )
