"""Electronic copies: one file that holds the paper, what is attested about it, and a signature.

A ZIP of three stored entries: the content, ``copy.json`` and ``copy.sig``. Whoever
has the issuer's public key verifies it without any network; only whether a
copy was revoked later must be asked. Other entries are refused.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.domain.documents.sniff import ALLOWED
from engine.errors import Fault, InvalidInput

KIND: Final = "motcua-electronic-copy"
MANIFEST, SIGNATURE, CONTENT = "copy.json", "copy.sig", "content"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_SMALL: Final = 100_000

# Public key id, signed bytes, signature -> holds; None when the key is not known.
Verify = Callable[[str, bytes, bytes], bool | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyFile:
    """The three parts of a copy as they were read."""

    content: bytes
    manifest: bytes
    signature: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """``faults``: codes of what does not hold; none means the copy is what its issuer signed."""

    facts: Mapping[str, Any]
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Nothing is wrong with the file itself."""
        return not self.faults


def manifest_bytes(facts: Mapping[str, Any]) -> bytes:
    """What is signed: sorted names, no blanks, UTF-8."""
    whole = {"kind": KIND, "version": 1, **facts}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def pack(copy: CopyFile, media_type: str) -> bytes:
    """The file people get; the same parts make the same bytes."""
    suffix = ALLOWED.get(media_type, ("bin",))[0]
    parts = [(f"{CONTENT}.{suffix}", copy.content)]
    parts += [(MANIFEST, copy.manifest), (SIGNATURE, copy.signature)]
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts:
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), data)
    return whole.getvalue()


def unpack(data: bytes, limit: int) -> CopyFile:
    """The parts of a file; ``InvalidInput`` when it is no copy of ours."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = {entry.filename: entry for entry in archive.infolist()}
            content = [name for name in entries if name.startswith(f"{CONTENT}.")]
            if len(entries) != 3 or len(content) != 1 or len(archive.infolist()) != 3:
                raise _no_copy()
            _require_small(entries[MANIFEST], _SMALL)
            _require_small(entries[SIGNATURE], _SMALL)
            _require_small(entries[content[0]], limit)
            return CopyFile(
                content=archive.read(content[0]),
                manifest=archive.read(MANIFEST),
                signature=archive.read(SIGNATURE),
            )
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, EOFError, ValueError):
        raise _no_copy() from None


def check(copy: CopyFile, verify: Verify) -> Verdict:
    """What the file itself proves."""
    try:
        facts = json.loads(copy.manifest)
    except (ValueError, RecursionError):
        facts = None
    if not isinstance(facts, dict) or facts.get("kind") != KIND:
        return Verdict(facts={}, faults=("manifest",))
    faults: list[str] = []
    holds = verify(str(facts.get("keyId", "")), copy.manifest, copy.signature)
    if holds is not True:
        faults.append("key-unknown" if holds is None else "signature")
    document = facts.get("document")
    told = document.get("sha256") if isinstance(document, dict) else None
    if told != hashlib.sha256(copy.content).hexdigest():
        faults.append("content")
    return Verdict(facts=facts, faults=tuple(faults))


def _require_small(entry: zipfile.ZipInfo, limit: int) -> None:
    # A stored entry cannot grow when it is read.
    if entry.compress_type != zipfile.ZIP_STORED or entry.file_size > limit:
        raise _no_copy()


def _no_copy() -> InvalidInput:
    sentence = "The file is no electronic copy: it must be the ZIP as it was issued."
    fault = Fault(
        pointer="/file",
        code="no-copy",
        sentence=sentence,
        sentence_vi="Tệp này không phải bản sao điện tử: cần đúng tệp ZIP đã được cấp.",
    )
    return InvalidInput(sentence, [fault], code="no-copy")
