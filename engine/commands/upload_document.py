"""Upload a file in pieces: begin, append at the offset that is expected, finish or give up.

The database says how many bytes have arrived; a piece that was sent twice is
answered with that number. Nothing is a document before it is finished.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta

from engine.commands.context import Context, Result
from engine.commands.store_document import StoreDocument, store
from engine.domain.documents import SOURCES, StoredBlob, UploadRecord, clean_name
from engine.domain.ids import Key
from engine.errors import Conflict, Fault, InvalidInput, TooLarge

KEPT = timedelta(hours=24)
TAKEN = tuple(source for source in SOURCES if source in ("upload", "scan", "portal"))


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginUpload:
    """``sha256`` is what the whole file must have; a component needs its dossier."""

    name: str
    size: int
    media_type: str = ""
    sha256: str | None = None
    dossier_key: Key | None = None
    component: str | None = None
    source: str = "upload"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppendUpload:
    """The next piece and the SHA-256 of it."""

    key: Key
    offset: int
    chunk: bytes
    checksum: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishUpload:
    """``blob`` is what the store made of the file; the content was kept before this."""

    key: Key
    blob: StoredBlob


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelUpload:
    """What has arrived is forgotten."""

    key: Key


def begin_upload(command: BeginUpload, context: Context) -> Result:
    name = clean_name(command.name)
    require_size(command.size, context)
    if command.source not in TAKEN:
        raise _invalid("/source", "source", f"The source is one of {', '.join(TAKEN)}.")
    if command.component is not None and command.dossier_key is None:
        raise _invalid("/dossierKey", "required", "A component belongs to a dossier: name it.")
    if command.dossier_key is not None:
        context.uow.documents.require_root(command.dossier_key, context.actor)

    record = UploadRecord(
        key=context.uow.next_key(),
        name=name,
        size=command.size,
        offset=0,
        media_type=command.media_type,
        sha256=command.sha256,
        dossier_key=command.dossier_key,
        component=command.component,
        source=command.source,
        created_by=context.actor.name,
    )
    context.uow.documents.add_upload(record, context.actor, context.uow.now + KEPT)
    return {"key": record.key, "offset": 0, "size": record.size}


def append_upload(command: AppendUpload, context: Context) -> Result:
    upload = context.uow.documents.lock_upload(command.key, context.actor)
    if command.offset != upload.offset:
        raise Conflict(
            f"The next piece begins at byte {upload.offset}, not {command.offset}.",
            code="upload-offset",
        )
    if upload.offset + len(command.chunk) > upload.size:
        raise _invalid("/size", "upload-size", f"The file was announced with {upload.size} bytes.")
    digest = hashlib.sha256(command.chunk).digest()
    if command.checksum is not None and not hmac.compare_digest(digest, command.checksum):
        raise InvalidInput(
            "The piece was damaged on its way: send it again.", code="upload-checksum"
        )

    offset = context.blobs.stage(upload.key, upload.offset, command.chunk)
    context.uow.documents.move_upload(upload.key, offset, context.uow.now + KEPT)
    return {"key": upload.key, "offset": offset, "size": upload.size}


def finish_upload(command: FinishUpload, context: Context) -> Result:
    upload = context.uow.documents.lock_upload(command.key, context.actor)
    if upload.offset != upload.size or command.blob.size != upload.size:
        raise Conflict(
            f"{upload.offset} of {upload.size} bytes have arrived.", code="upload-incomplete"
        )
    if upload.sha256 is not None and upload.sha256 != command.blob.sha256:
        raise InvalidInput("The file is not the one announced.", code="upload-checksum")
    wanted = StoreDocument(
        blob=command.blob,
        name=upload.name,
        dossier_key=upload.dossier_key,
        component=upload.component,
        source=upload.source,
    )
    result = store(wanted, context)
    context.uow.documents.end_upload(upload.key)
    return result


def cancel_upload(command: CancelUpload, context: Context) -> Result:
    upload = context.uow.documents.lock_upload(command.key, context.actor)
    context.uow.documents.end_upload(upload.key)
    return {"key": upload.key}


def require_size(size: int, context: Context) -> None:
    """Not empty and not larger than the installation takes."""
    limit = context.settings.document_limit
    if size < 1:
        raise _invalid("/size", "file-empty", "The file is empty.")
    if size > limit:
        raise TooLarge(f"A document may have at most {limit} bytes.", code="document-too-large")


def _invalid(pointer: str, code: str, sentence: str) -> InvalidInput:
    fault = Fault(pointer=pointer, code=code, sentence=sentence)
    return InvalidInput(sentence, [fault], code=code)
