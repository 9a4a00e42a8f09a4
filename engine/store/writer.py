"""SQLite's one writer: a lock that is handed on in the order of asking.

A plain lock would go back to a thread that releases it and asks again at once,
such as a worker with ten thousand due timers, while a clerk's thread waits.
"""

from __future__ import annotations

import threading
from collections import deque


class WriterLock:
    """Not reentrant; ``acquire`` is False when the time is over."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._held = False
        self._waiting: deque[threading.Event] = deque()

    def acquire(self, timeout: float) -> bool:
        """Take it, or wait in line at most ``timeout`` seconds."""
        with self._guard:
            if not self._held:
                self._held = True
                return True
            turn = threading.Event()
            self._waiting.append(turn)
        if turn.wait(timeout):
            return True
        with self._guard:
            if turn.is_set():
                # It was handed over in the last moment.
                return True
            self._waiting.remove(turn)
            return False

    def release(self) -> None:
        """Hand it to the one who waits longest."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._held = False
