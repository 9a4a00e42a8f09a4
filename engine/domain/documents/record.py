"""Documents, uploads and the blobs behind them, as commands see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from engine.domain.ids import Key
from engine.domain.records import Visibility

Scan = Literal["clean", "infected", "unscanned", "pending"]
"""``unscanned``: no scanner is installed; ``pending``: it did not answer yet."""

SOURCES: Final = ("upload", "scan", "portal", "result", "process", "reused", "copy")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredBlob:
    """A content in the store: named by its hash, of the type its bytes show."""

    sha256: str
    size: int
    media_type: str
    scan: Scan = "unscanned"
    finding: str | None = None

    @property
    def quarantined(self) -> bool:
        """Nobody may read it: infected, or not yet looked at by the scanner there is."""
        return self.scan in ("infected", "pending")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord:
    """``root_key`` is the dossier's, or the document's own when it belongs to none."""

    key: Key
    root_key: Key
    dossier_key: Key | None
    name: str
    media_type: str
    size: int
    sha256: str
    state: str
    source: str
    scan: Scan
    created_by: str
    created_at: datetime
    retain_until: datetime | None
    held: bool
    revision: int
    visibility: Visibility
    properties: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadRecord:
    """A file on its way: ``offset`` bytes of ``size`` have arrived."""

    key: Key
    name: str
    size: int
    offset: int
    media_type: str
    sha256: str | None
    dossier_key: Key | None
    component: str | None
    source: str
    created_by: str
