"""Which function turns which event into row changes; an event without one is a bug."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from engine.domain.events import Event
from engine.domain.records import Visibility
from engine.store.rows import Rows

E = TypeVar("E", bound=Event)


@dataclass(slots=True)
class Projection:
    """Where an applier writes: the rows, the root they hang on, and the instant.

    ``live_scopes`` are the scopes that have stored variables; None when not known.
    """

    rows: Rows
    root_key: int
    visibility: Visibility
    at: datetime
    live_scopes: set[int] | None = None

    def seen_by(self) -> dict[str, Any]:
        """The visibility columns of a new row."""
        own = self.visibility
        return {
            "tenant_id": own.tenant_id,
            "unit_id": own.unit_id,
            "procedure_code": own.procedure_code,
            "sealed": own.sealed,
        }


Applier = Callable[[Any, Projection], None]
_appliers: dict[type[Event], Applier] = {}


def applies(
    kind: type[E],
) -> Callable[[Callable[[E, Projection], None]], Callable[[E, Projection], None]]:
    """Register the one function for this class of events."""

    def register(function: Callable[[E, Projection], None]) -> Callable[[E, Projection], None]:
        if kind in _appliers:
            raise ValueError(f"{kind.__name__} has an applier already")
        _appliers[kind] = function
        return function

    return register


def only_history(*kinds: type[Event]) -> None:
    """These events change no projection: the chain is their only place."""
    for kind in kinds:
        applies(kind)(_nothing)


def registered() -> Mapping[type[Event], Applier]:
    """All appliers by event class."""
    return _appliers


def apply(event: Event, projection: Projection) -> None:
    """Change the rows as the event says."""
    _appliers[type(event)](event, projection)


def _nothing(event: Event, projection: Projection) -> None:
    """The event stands in the chain and nowhere else."""
