"""Wake whoever waits for work: a hint after a commit, never a promise.

Who waits takes a mark, looks for work, finds none and waits for a ring after
the mark, but never longer than the poll interval: a ring that is lost costs a
second and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, Protocol

OWN: Final = "motcua"
"""Topic of everything our own worker does; a job's topic is its type."""


class Bell(Protocol):
    """Rings reach every process of the installation, coalesced."""

    def mark(self) -> int:
        """Now, as a number; take it before looking for work."""

    def wait(self, topics: Collection[str], since: int, seconds: float) -> bool:
        """Wait for a ring of one of the topics after the mark; False when the time is over."""

    def ring(self, topics: Collection[str]) -> None:
        """Wake those who wait in this process and, soon, in all others."""

    def close(self) -> None:
        """Wake everybody and end the threads."""
