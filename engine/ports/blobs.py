"""Contents of documents: kept by their hash, apart from the database. Blob first, row second."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from engine.domain.documents import StoredBlob


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a scanner says; ``clean`` None = it could not look. ``finding`` names what it found."""

    clean: bool | None
    finding: str | None = None


class Scanner(Protocol):
    """The hook for a virus scanner."""

    def scan(self, path: Path) -> Verdict:
        """Look at one file; never raises."""


class Blobs(Protocol):
    """A content-addressed store. Whatever no row names is swept after a day."""

    def put(self, content: bytes, declared: str = "") -> StoredBlob:
        """Keep a content; the same content is kept once."""

    def stage(self, upload: int, offset: int, chunk: bytes) -> int:
        """Write a piece of an upload at its place; returns where the next one begins."""

    def adopt(self, upload: int, declared: str = "") -> StoredBlob:
        """Keep what was staged; the staged file stays until it is dropped."""

    def drop(self, upload: int) -> None:
        """Forget a staged file."""

    def read(self, sha256: str) -> bytes:
        """The content, checked against its hash; ``NotFound`` when it is gone or in quarantine."""

    def examine(self, sha256: str) -> StoredBlob:
        """Let the scanner look again; what is clean leaves the quarantine."""

    def sweep(self, before: datetime, kept: Callable[[Sequence[str]], frozenset[str]]) -> int:
        """Remove files older than ``before`` that ``kept`` does not name; how many."""
