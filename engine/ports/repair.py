"""How operators change a running root: values that pass into the runtime."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.domain.ids import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopedVariables:
    """Variables for one scope of an activation; ``scope_id`` empty means the whole instance."""

    variables: Mapping[str, object] = field(default_factory=dict)
    scope_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Activation:
    """Begin an element. ``ancestor`` names the scope where there are several; else it is found."""

    element_id: str
    ancestor: Key | None = None
    variables: tuple[ScopedVariables, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Termination:
    """End one element instance, or all of an element."""

    element_key: Key | None = None
    element_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """End what stands at the source and begin the target, once for each.

    ``near`` ``source``: in the scope of the source; ``found``: where it is found,
    among several in the one the source stands in.
    """

    source: Termination
    target_id: str
    ancestor: Key | None = None
    near: Literal["found", "source"] = "found"
    variables: tuple[ScopedVariables, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Modification:
    """All at once or nothing: activations and moves first, then terminations."""

    activate: tuple[Activation, ...] = ()
    move: tuple[Move, ...] = ()
    terminate: tuple[Termination, ...] = ()
