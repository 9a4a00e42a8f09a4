"""Contents in a folder, named by their SHA-256; one folder may serve several hosts by a mount.

A file is written beside its place, forced to disk and renamed, so that a name
never stands for half a content. What a scanner finds goes to ``quarantine``.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from engine.domain.documents import StoredBlob, require_allowed, sniff
from engine.domain.documents.record import Scan
from engine.domain.documents.sniff import HEAD, TAIL
from engine.errors import NotFound
from engine.ports.blobs import Scanner, Verdict

_NAME: Final = re.compile(r"[0-9a-f]{64}")
_PIECE: Final = 1 << 20
_ASKED: Final = 500


class FolderBlobs:
    """``engine.ports.blobs.Blobs`` in a folder; made when the first content comes."""

    def __init__(self, folder: Path, scanner: Scanner | None = None) -> None:
        self._folder = folder
        self._scanner = scanner

    def put(self, content: bytes, declared: str = "") -> StoredBlob:
        """Keep a content."""
        temporary = self._beside(secrets.token_hex(16))
        try:
            with temporary.open("wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            return self._keep(temporary, declared)
        finally:
            temporary.unlink(missing_ok=True)

    def stage(self, upload: int, offset: int, chunk: bytes) -> int:
        """Write a piece at its place; what stood behind it came from a lost call."""
        path = self._staged(upload)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("r+b" if path.exists() else "w+b") as stream:
            stream.seek(offset)
            stream.write(chunk)
            stream.truncate()
            stream.flush()
            os.fsync(stream.fileno())
        return offset + len(chunk)

    def adopt(self, upload: int, declared: str = "") -> StoredBlob:
        """Keep what was staged."""
        path = self._staged(upload)
        if not path.exists():
            raise NotFound("There is no such upload.")
        temporary = self._beside(secrets.token_hex(16))
        try:
            # A copy: the staged file may still be written to when the row is not kept.
            shutil.copyfile(path, temporary)
            return self._keep(temporary, declared)
        finally:
            temporary.unlink(missing_ok=True)

    def drop(self, upload: int) -> None:
        """Forget a staged file."""
        self._staged(upload).unlink(missing_ok=True)

    def read(self, sha256: str) -> bytes:
        """The content; a file that was changed on the disk is not handed out."""
        try:
            content = self._place(sha256).read_bytes()
        except FileNotFoundError:
            raise NotFound("The content is not there.", code="content-missing") from None
        if hashlib.sha256(content).hexdigest() != sha256:
            raise NotFound("The content was changed on the disk.", code="content-damaged")
        return content

    def examine(self, sha256: str) -> StoredBlob:
        """Scan again, wherever the content lies."""
        path = self._place(sha256)
        if not path.exists():
            path = self._quarantine(sha256)
        if not path.exists():
            raise NotFound("The content is not there.", code="content-missing")
        return self._keep(path, "", known=sha256)

    def sweep(self, before: datetime, kept: Callable[[Sequence[str]], frozenset[str]]) -> int:
        """Remove old files no row names, and staged files nobody goes on with."""
        removed = 0
        old = list(self._old(before))
        for start in range(0, len(old), _ASKED):
            some = old[start : start + _ASKED]
            named = kept([path.name for path in some if _NAME.fullmatch(path.name)])
            for path in some:
                if path.name not in named:
                    path.unlink(missing_ok=True)
                    removed += 1
        return removed

    def _old(self, before: datetime) -> Iterator[Path]:
        for path in self._folder.glob("**/*"):
            if path.parent.name == "keys":
                continue
            try:
                changed = path.stat().st_mtime
            except FileNotFoundError:
                continue
            if path.is_file() and datetime.fromtimestamp(changed, UTC) < before:
                yield path

    def _keep(self, path: Path, declared: str, known: str = "") -> StoredBlob:
        sha256, size, media_type = _facts(path, declared)
        if known and sha256 != known:
            raise NotFound("The content was changed on the disk.", code="content-damaged")
        require_allowed(media_type)
        verdict = self._scanner.scan(path) if self._scanner else None
        blob = StoredBlob(
            sha256=sha256,
            size=size,
            media_type=media_type,
            scan=_scan(verdict),
            finding=verdict.finding if verdict else None,
        )
        place, other = self._place(sha256), self._quarantine(sha256)
        if blob.quarantined:
            place, other = other, place
        place.parent.mkdir(parents=True, exist_ok=True)
        path.replace(place)
        os.utime(place)  # it is young again: a sweep that runs now leaves it
        other.unlink(missing_ok=True)
        _sync(place.parent)
        return blob

    def _place(self, sha256: str) -> Path:
        if not _NAME.fullmatch(sha256):
            raise NotFound("The content is not there.", code="content-missing")
        return self._folder / sha256[:2] / sha256[2:4] / sha256

    def _quarantine(self, sha256: str) -> Path:
        return self._folder / "quarantine" / sha256

    def _staged(self, upload: int) -> Path:
        return self._folder / "staging" / str(int(upload))

    def _beside(self, name: str) -> Path:
        folder = self._folder / "incoming"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / name


def _facts(path: Path, declared: str) -> tuple[str, int, str]:
    digest, head, tail, size = hashlib.sha256(), b"", b"", 0
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            head = head or piece[:HEAD]
            tail = (tail + piece)[-TAIL:]
    return digest.hexdigest(), size, sniff(head, tail, declared)


def _scan(verdict: Verdict | None) -> Scan:
    if verdict is None:
        return "unscanned"
    if verdict.clean is None:
        return "pending"
    return "clean" if verdict.clean else "infected"


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
