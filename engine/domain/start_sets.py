"""What has come for a start event that needs several events before its one instance begins.

A set belongs to one correlation key. What has no key (a signal, a timer, a
message without one) counts for every set that misses it, or for one set when
it is a message; with no such set it opens a set that the next key takes over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Need = tuple[str, str]
NO_KEY = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A message, signal or timer that came for such a start event."""

    kind: str
    name: str = ""
    correlation_key: str = NO_KEY
    variables: Mapping[str, object] = field(default_factory=dict)

    @property
    def need(self) -> Need:
        """Which of the awaited events it is."""
        return self.kind, self.name


def joins(
    sets: Mapping[str, Mapping[Need, object]], arrival: Arrival, needs: int
) -> list[tuple[str, str]]:
    """The sets it counts for, each as (key so far, key from now on); none = nobody misses it.

    A set that is full and only waits for a condition takes newer values.
    """
    fits = [key for key, came in sets.items() if arrival.need not in came or len(came) >= needs]
    if arrival.correlation_key != NO_KEY:
        if arrival.correlation_key in sets:
            fits = [key for key in fits if key == arrival.correlation_key]
        elif NO_KEY in fits:
            return [(NO_KEY, arrival.correlation_key)]
        else:
            return [(arrival.correlation_key, arrival.correlation_key)]
    elif not fits and NO_KEY not in sets:
        return [(NO_KEY, NO_KEY)]
    taken = fits[:1] if arrival.kind == "message" else fits
    return [(key, key) for key in taken]
