"""What kind of file its bytes show, whatever its name or sender says.

Refused are programs, pages with scripts, macros' containers and everything
unknown: a counter takes papers, pictures and signed data.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

from engine.errors import Fault, InvalidInput

HEAD: Final = 4096
TAIL: Final = 65536

_PDF, _XML, _TEXT = "application/pdf", "application/xml", "text/plain"
_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
UNKNOWN: Final = "application/octet-stream"

ALLOWED: Final = MappingProxyType(
    {
        _PDF: ("pdf",),
        "image/png": ("png",),
        "image/jpeg": ("jpg", "jpeg"),
        "image/tiff": ("tif", "tiff"),
        "image/webp": ("webp",),
        "image/heic": ("heic", "heif"),
        f"{_OOXML}wordprocessingml.document": ("docx",),
        f"{_OOXML}spreadsheetml.sheet": ("xlsx",),
        f"{_ODF}text": ("odt",),
        f"{_ODF}spreadsheet": ("ods",),
        "application/zip": ("zip",),
        _XML: ("xml",),
        _TEXT: ("txt",),
        "text/csv": ("csv",),
        "application/json": ("json",),
    }
)
_MAGIC: Final = (
    (b"%PDF-", _PDF),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"GIF8", "image/gif"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-elf"),
    (b"#!", "text/x-script"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole"),
    (b"Rar!", "application/vnd.rar"),
    (b"7z\xbc\xaf", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
)
_PLAIN: Final = frozenset({_TEXT, "text/csv", "application/json"})
_ACTIVE: Final = re.compile(rb"<\s*(!doctype\s+html|html|script|body|svg)\b", re.IGNORECASE)


def sniff(head: bytes, tail: bytes = b"", declared: str = "") -> str:
    """The media type of a file by its first and last bytes; ``declared`` decides among texts."""
    for magic, media_type in _MAGIC:
        if head.startswith(magic):
            return media_type
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc"):
        return "image/heic"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(head, tail)
    return _text(head, declared)


def _zip(head: bytes, tail: bytes) -> str:
    if head[30:38] == b"mimetype":
        for kind in ("text", "spreadsheet"):
            if head[38:].startswith(f"{_ODF}{kind}".encode()):
                return f"{_ODF}{kind}"
    names = head + tail
    if b"vbaProject.bin" in names:
        return "application/vnd.ms-office.macro"
    if b"[Content_Types].xml" in names:
        if b"word/" in names:
            return f"{_OOXML}wordprocessingml.document"
        if b"xl/" in names:
            return f"{_OOXML}spreadsheetml.sheet"
    return "application/zip"


def _text(head: bytes, declared: str) -> str:
    if not head or b"\0" in head:
        return UNKNOWN
    try:
        # The last character may be cut.
        head[:-3].decode("utf-8") if len(head) >= HEAD else head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 7:
            return UNKNOWN
    if _ACTIVE.search(head):
        return "text/html"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<?xml"):
        return _XML
    plain = declared.partition(";")[0].strip().lower()
    return plain if plain in _PLAIN else _TEXT


def require_allowed(media_type: str) -> None:
    """``InvalidInput`` when files of this type are not taken."""
    if media_type in ALLOWED:
        return
    kinds = ", ".join(sorted({names[0] for names in ALLOWED.values()}))
    sentence = f"Files of this kind ({media_type}) are not taken; send one of: {kinds}."
    fault = Fault(
        pointer="/file",
        code="file-type",
        sentence=sentence,
        sentence_vi=f"Không nhận loại tệp này ({media_type}); hãy gửi một trong: {kinds}.",
    )
    raise InvalidInput(sentence, [fault], code="file-type")
