"""Long polls and awaited completions hold at most half of a process's threads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

DEFAULT_SECONDS = 10.0


class WaitingRoom:
    """Seats for calls that wait."""

    def __init__(self, seats: int) -> None:
        self._seats = BoundedSemaphore(max(1, seats))

    @contextmanager
    def seat(self) -> Iterator[bool]:
        """True while the caller may wait; False when all seats are taken."""
        taken = self._seats.acquire(blocking=False)
        try:
            yield taken
        finally:
            if taken:
                self._seats.release()


def seconds_of(milliseconds: object, default: float = DEFAULT_SECONDS) -> float:
    """A time-out of the contract: 0 and absence mean the default, negative means none."""
    if milliseconds is None or milliseconds == 0:
        return default
    return max(0.0, float(str(milliseconds)) / 1000)
