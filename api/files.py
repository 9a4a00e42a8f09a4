"""Files on the wire: pieces with offset and checksum, whole ones in multipart, contents out."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from flask import Request, Response

from api.body import WrongContentType
from api.calls import engine, run
from engine.commands.read_document import ReadDocument
from engine.errors import Fault, InvalidInput

PIECE = "application/octet-stream"
# What clients of the tus protocol write.
_ALSO = "application/offset+octet-stream"
MULTIPART: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "file": {"type": "string", "format": "binary"},
        "dossierKey": {"type": "string", "pattern": "^[0-9]{1,19}$"},
        "component": {"type": "string", "minLength": 1, "maxLength": 200},
        "source": {"type": "string", "enum": ["upload", "scan", "portal"]},
    },
    "required": ["file"],
    "additionalProperties": False,
}


def piece(request: Request) -> tuple[int, bytes, bytes | None]:
    """Offset, bytes and SHA-256 of a piece; ``InvalidInput`` says which header is wrong."""
    if request.mimetype not in (PIECE, _ALSO):
        raise WrongContentType(f"Send {PIECE}.")
    offset = request.headers.get("Upload-Offset", "")
    if not (offset.isascii() and offset.isdigit() and len(offset) <= 15):
        raise _wrong("Upload-Offset", "The number of bytes that have arrived.")
    chunk = request.get_data(cache=False)
    if not chunk:
        raise _wrong("body", "A piece has at least one byte.")
    return int(offset), chunk, _checksum(request.headers.get("Upload-Checksum"))


def _checksum(given: str | None) -> bytes | None:
    if given is None:
        return None
    kind, _, text = given.partition(" ")
    try:
        digest = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        digest = b""
    if kind != "sha256" or len(digest) != 32:
        raise _wrong("Upload-Checksum", "sha256, a blank, and the digest of the piece in base64.")
    return digest


def uploaded(request: Request, known: frozenset[str]) -> tuple[str, bytes, str]:
    """Name, content and declared type of the one file of a multipart body."""
    if request.mimetype != "multipart/form-data":
        raise WrongContentType("Send multipart/form-data.")
    # A part may come without any name.
    strange = sorted({name or "" for name in (*request.form, *request.files)} - known)
    if strange:
        raise _wrong(strange[0][:100], "This part is not known.", "unknown-key")
    files = request.files.getlist("file")
    if len(files) != 1:
        raise _wrong("file", "Send one file.", "required")
    return files[0].filename or "", files[0].read(), files[0].mimetype or ""


def parts(request: Request, data: bytes) -> tuple[bytes, ...]:
    """What an Idempotency-Key of a multipart body stands for; its boundary differs each time."""
    fields = sorted(request.form.items(multi=True))
    return data, *(f"{name}={value}".encode() for name, value in fields)


def content(document_key: int) -> Response:
    """The bytes, after the access was written down; browsers save it and never show it."""
    read = run(ReadDocument(key=document_key)).result
    data = engine().blobs.read(str(read["sha256"]))
    response = Response(data, content_type=str(read["media_type"]))
    name = quote(str(read["name"]), safe="")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    response.set_etag(str(read["sha256"]))
    return response


def _wrong(name: str, sentence: str, code: str = "value") -> InvalidInput:
    fault = Fault(pointer=f"/{name}", code=code, sentence=sentence)
    return InvalidInput(f"{name} is not acceptable.", [fault])
