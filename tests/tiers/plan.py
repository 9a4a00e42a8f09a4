"""The tiers of the test run: what each holds, where it lies and how long it may take.

A tier is a folder under ``tests/``; the static tier is a list of checks instead.
Budgets are minutes on two cores. A tier over its budget is a warning, a tier
over twice its budget is stopped and counts as one failure.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """One folder of tests with its budget in minutes."""

    name: str
    holds: str
    minutes: int
    workers: int = 0
    distribution: str = "load"
    needs: tuple[str, ...] = ()

    @property
    def folder(self) -> Path:
        """Where the tier's tests lie."""
        return ROOT / "tests" / self.name

    @property
    def arguments(self) -> list[str]:
        """What pytest is told beside the folder."""
        if not self.workers:
            return []
        return ["-n", str(self.workers), "--dist", self.distribution]


STATIC = Tier(name="static", holds="lint, types, import contract, house rules", minutes=3)

TIERS = (
    STATIC,
    Tier(name="unit", holds="pure rules and libraries", minutes=8, workers=2),
    Tier(
        name="contract",
        holds="the store on SQLite and PostgreSQL",
        minutes=6,
        workers=2,
        distribution="loadfile",
        needs=("postgres",),
    ),
    Tier(name="conformance", holds="BPMN cases, FEEL and DMN TCK", minutes=10, workers=2),
    Tier(name="scenarios", holds="procedure packages", minutes=8, workers=2),
    Tier(
        name="api",
        holds="HTTP, OpenAPI, official SDK",
        minutes=8,
        workers=2,
        distribution="loadfile",
        needs=("postgres",),
    ),
    Tier(name="faults", holds="crashes and lost connections", minutes=8, needs=("postgres",)),
    Tier(name="browser", holds="pages in a real Chromium", minutes=9, needs=("chromium",)),
)


def chosen(names: list[str], without: list[str]) -> list[Tier]:
    """The tiers to run, in their fixed order; an unknown name is a ``ValueError``."""
    known = {tier.name for tier in TIERS}
    for name in [*names, *without]:
        if name not in known:
            raise ValueError(f"no tier is called {name!r}; there are {', '.join(sorted(known))}")
    return [
        tier for tier in TIERS if (not names or tier.name in names) and tier.name not in without
    ]
