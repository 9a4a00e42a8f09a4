"""The memory of parallel multiple start events: what has come before there is an instance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from engine.domain.ids import Key
from engine.domain.records import StartRecord
from engine.domain.start_sets import Arrival


@dataclass(frozen=True, slots=True, kw_only=True)
class StartSet:
    """Events gathered for one correlation key; ``instance_key`` is reserved for the instance."""

    correlation_key: str
    instance_key: Key
    variables: Mapping[str, object]
    """Of all that came, the last one wins."""
    complete: bool


class Arrivals(Protocol):
    """Sets per start event of a definition; a new version of the process forgets them."""

    def add(self, start: StartRecord, arrival: Arrival) -> Sequence[StartSet]:
        """The sets it counted for; none when nobody misses it."""

    def close(self, start: StartRecord, correlation_key: str) -> Sequence[Key]:
        """The instance begins: forget the set. Kept messages that may open the next one."""
