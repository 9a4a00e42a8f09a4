"""The installation's own signature on electronic copies."""

from __future__ import annotations

from typing import Protocol


class Signer(Protocol):
    """One key pair; ``Unavailable`` when the installation has none."""

    @property
    def key_id(self) -> str:
        """Name of the key: the beginning of its public part's hash."""

    @property
    def public_pem(self) -> str:
        """The public part, to be published."""

    def sign(self, data: bytes) -> bytes:
        """A signature of the bytes."""

    def verify(self, key_id: str, data: bytes, signature: bytes) -> bool | None:
        """Whether it holds; None for a key that is not ours."""
