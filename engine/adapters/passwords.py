"""Password hashing with argon2id, at most two at once.

19 MiB, two passes, one lane: each hash costs tens of milliseconds and memory,
so a flood of log-ins must not take the machine from the clerks.
"""

from __future__ import annotations

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE = 2


class Argon2Passwords:
    """The ``Passwords`` port."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
        self._slots = threading.BoundedSemaphore(AT_ONCE)
        self._decoy: str | None = None

    def hash(self, password: str) -> str:
        with self._slots:
            return self._hasher.hash(password)

    def verify(self, password_hash: str | None, password: str) -> bool:
        # Without an account the same work is done, so time tells nothing.
        known = password_hash is not None
        with self._slots:
            if self._decoy is None:
                self._decoy = self._hasher.hash("decoy")
            try:
                self._hasher.verify(password_hash or self._decoy, password)
            except (VerificationError, InvalidHashError):
                return False
        return known
