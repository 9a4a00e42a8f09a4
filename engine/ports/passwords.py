"""Secrets: hashing that is slow on purpose, and digests of random tokens."""

from __future__ import annotations

from typing import Protocol


class Passwords(Protocol):
    """argon2id at log-in only (design 14.8)."""

    def hash(self, password: str) -> str:
        """A salted hash with its parameters."""

    def verify(self, password_hash: str | None, password: str) -> bool:
        """False for a wrong password; takes as long when there is no hash."""
