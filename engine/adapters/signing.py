"""Ed25519 keys in PEM files: the installation signs, anybody verifies with the public part."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from engine.errors import InvalidInput, Unavailable


class FileSigner:
    """``engine.ports.signing.Signer``; the key is read when it is needed first.

    ``make`` lets a demonstration make a key of its own where there is none.
    """

    def __init__(self, path: Path | None, *, make: bool = False) -> None:
        self._path = path
        self._make = make
        self._key: Ed25519PrivateKey | None = None

    @property
    def key_id(self) -> str:
        """Name of the key."""
        return key_id(self._private().public_key())

    @property
    def public_pem(self) -> str:
        """The public part."""
        return _pem(self._private().public_key())

    def sign(self, data: bytes) -> bytes:
        """A signature."""
        return self._private().sign(data)

    def verify(self, key_id_: str, data: bytes, signature: bytes) -> bool | None:
        """Whether it holds."""
        return verify(self._private().public_key(), key_id_, data, signature)

    def _private(self) -> Ed25519PrivateKey:
        if self._key is None:
            self._key = self._load()
        return self._key

    def _load(self) -> Ed25519PrivateKey:
        if self._path is None:
            raise Unavailable(
                "This installation has no key to sign with: set MOTCUA_SIGNING_KEY.",
                code="signing-key-missing",
            )
        if self._make and not self._path.exists():
            _write_new(self._path)
        try:
            key = serialization.load_pem_private_key(self._path.read_bytes(), None)
        except (OSError, ValueError, TypeError, UnsupportedAlgorithm):
            key = None
        if not isinstance(key, Ed25519PrivateKey):
            raise Unavailable(
                "The key to sign with cannot be read: it must be an Ed25519 key in PEM.",
                code="signing-key-missing",
            )
        return key


def read_public(pem: bytes) -> Ed25519PublicKey:
    """A published key; ``InvalidInput`` when it is none."""
    try:
        key = serialization.load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise InvalidInput("The key is no Ed25519 public key in PEM.", code="bad-key")
    return key


def verify(key: Ed25519PublicKey, key_id_: str, data: bytes, signature: bytes) -> bool | None:
    """Whether a signature of this key holds; None when another key is named."""
    if key_id_ != key_id(key):
        return None
    try:
        key.verify(signature, data)
    except InvalidSignature:
        return False
    return True


def key_id(key: Ed25519PublicKey) -> str:
    """Sixteen hexadecimal digits."""
    return hashlib.sha256(_pem(key).encode()).hexdigest()[:16]


def _pem(key: Ed25519PublicKey) -> str:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_bytes(serialization.Encoding.PEM, form).decode()


def _write_new(path: Path) -> None:
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(pem)
