"""What a backup holds: format, schema revision, tables and blobs with their checksums.

Refuses a folder without manifest, another format, and files that were changed.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from engine.errors import InvalidInput

FORMAT = 1
NAME = "manifest.json"
BLOBS = "blobs.jsonl.gz"
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFile:
    """One table's rows; ``sha256`` is of the file."""

    name: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The first file to read and the last one written."""

    format: int = FORMAT
    revision: str
    database: str
    made_at: str
    tables: tuple[TableFile, ...] = field(default_factory=tuple)
    blobs: int = 0
    blob_bytes: int = 0
    blobs_sha256: str = ""

    def write(self, folder: Path) -> None:
        """Into its folder."""
        text = json.dumps(asdict(self), indent=1, ensure_ascii=False)
        (folder / NAME).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Out of its folder; ``InvalidInput`` when it is none of ours."""
        try:
            held = json.loads((folder / NAME).read_text(encoding="utf-8"))
            tables = tuple(TableFile(**each) for each in held.pop("tables"))
            made = cls(tables=tables, **held)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            raise InvalidInput(
                f"{folder} is no backup: its {NAME} is missing or cannot be read.",
                code="backup-unreadable",
            ) from None
        if made.format != FORMAT:
            raise InvalidInput(
                f"The backup has format {made.format}; this release reads {FORMAT}.",
                code="backup-unreadable",
            )
        return made

    def require_whole(self, folder: Path) -> None:
        """Every file is there and unchanged."""
        wanted = {f"tables/{each.name}.jsonl.gz": each.sha256 for each in self.tables}
        wanted[BLOBS] = self.blobs_sha256
        for name, sha256 in wanted.items():
            path = folder / name
            if not path.exists() or digest_of(path) != sha256:
                raise InvalidInput(
                    f"The backup is damaged: {name} is missing or was changed.",
                    code="backup-damaged",
                )


def digest_of(path: Path) -> str:
    """SHA-256 of a file, piece by piece."""
    found = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            found.update(piece)
    return found.hexdigest()
