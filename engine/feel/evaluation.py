"""What an evaluation may use and spend: clock, zone, host functions, budgets.

Everything that is not decided by text and context comes in through
``Environment``; without a clock of the host, ``now()`` is the machine's UTC time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from engine.feel.errors import FeelLimitError, FeelWarning

if TYPE_CHECKING:
    from engine.feel.types import FeelType
    from engine.feel.values.functions import FeelFunction


@dataclass(frozen=True, slots=True)
class Limits:
    """Budgets of one evaluation; reaching one raises ``FeelLimitError``."""

    steps: int = 1_000_000
    depth: int = 80
    items: int = 200_000
    characters: int = 2_000_000


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Environment:
    """The world outside an expression.

    ``types`` are named types of parameters and, where ``instance_types`` does
    not say otherwise, of ``instance of``.
    """

    now: Callable[[], datetime] = _utc_now
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    functions: Mapping[str, FeelFunction] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    types: Mapping[str, FeelType] = field(default_factory=dict)
    instance_types: Mapping[str, FeelType] | None = None


DEFAULT = Environment()


class Evaluation:
    """One run: its environment, what is left of its budgets, and its warnings if wanted."""

    __slots__ = ("depth_left", "env", "steps_left", "warnings")

    def __init__(self, env: Environment, warnings: list[FeelWarning] | None = None) -> None:
        self.env = env
        self.steps_left = env.limits.steps
        self.depth_left = env.limits.depth
        self.warnings = warnings

    def spend(self, steps: int) -> None:
        """Pay for work that grows with data."""
        self.steps_left -= steps
        if self.steps_left < 0:
            raise FeelLimitError(
                f"The expression needs more than {self.env.limits.steps} steps;"
                " make its lists or loops smaller."
            )

    def enter(self) -> None:
        """Go one function call deeper; ``leave`` must follow."""
        self.depth_left -= 1
        if self.depth_left < 0:
            raise FeelLimitError(
                f"Functions call each other more than {self.env.limits.depth} levels deep;"
                " is there an end to the recursion?"
            )

    def leave(self) -> None:
        """Come back from a function call."""
        self.depth_left += 1

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """``enter`` and ``leave`` around a block."""
        self.enter()
        try:
            yield
        finally:
            self.leave()

    def sized(self, items: int) -> None:
        """Pay for a list of so many items."""
        if items > self.env.limits.items:
            raise FeelLimitError(f"A list may have at most {self.env.limits.items} items.")
        self.spend(items)

    def lettered(self, characters: int) -> None:
        """Pay for a text of so many characters."""
        if characters > self.env.limits.characters:
            raise FeelLimitError(
                f"A text may have at most {self.env.limits.characters} characters."
            )
        self.spend(characters // 32)

    def warn(self, position: int, code: str, message: str) -> None:
        """Note why something became null, when somebody wants to know."""
        if self.warnings is not None and len(self.warnings) < 100:
            self.warnings.append(FeelWarning(position, code, message))


class Scope:
    """Names that are visible at a point of the expression, and the run they belong to."""

    __slots__ = ("parent", "run", "vars")

    def __init__(
        self, variables: Mapping[str, object], parent: Scope | None, run: Evaluation
    ) -> None:
        self.vars = variables
        self.parent = parent
        self.run = run
