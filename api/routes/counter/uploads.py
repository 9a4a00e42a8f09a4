"""Uploads in pieces: begun with name and size, gone on with after a break, finished or given up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request

from api.answers import answer, done
from api.calls import actor, engine, get, key_of, run
from api.door import Door
from api.files import PIECE, piece
from api.routes.counter.documents import stored
from api.schemas.nouns.document import Stored, Upload, UploadBegin
from engine.commands.upload_document import AppendUpload, BeginUpload, CancelUpload, FinishUpload
from engine.domain.documents import StoredBlob

door = Door("Uploads", __name__, url_prefix="/api/documents/uploads")

NOTHING = StoredBlob(sha256="", size=0, media_type="")


def _key(text: str) -> int:
    return key_of(text, "uploadKey")


def _show(row: Mapping[str, Any], status: int = 200) -> Response:
    body = {
        "uploadKey": str(row["key"]),
        "offset": row["offset"],
        "size": row["size"],
        "chunkLimit": engine().settings.body_limit,
    }
    response = answer(body, status)
    response.headers["Upload-Offset"] = str(row["offset"])
    return response


@door.operation(
    "POST", "", body=UploadBegin, answers={201: Upload}, fails=(404,), sends=BeginUpload
)
def begin_upload(body: Mapping[str, Any]) -> Response:
    """Announce a file; its pieces follow."""
    dossier = body.get("dossierKey")
    command = BeginUpload(
        name=body["fileName"],
        size=int(body["size"]),
        media_type=body.get("mediaType", ""),
        sha256=body.get("sha256"),
        dossier_key=None if dossier is None else key_of(dossier, "dossierKey"),
        component=body.get("component"),
        source=body.get("source", "upload"),
    )
    return _show(run(command).result, 201)


@door.operation("GET", "/<upload_key>", answers={200: Upload}, fails=(404,), reads="upload")
def get_upload(upload_key: str) -> Response:
    """How much has arrived: go on there after a break."""
    return _show(get("upload", _key(upload_key), "upload"))


@door.operation(
    "PATCH",
    "/<upload_key>",
    binary=PIECE,
    answers={200: Upload},
    fails=(404, 409),
    sends=AppendUpload,
)
def append_upload(upload_key: str) -> Response:
    """Send the next piece: Upload-Offset says where it begins, Upload-Checksum what it holds."""
    offset, chunk, checksum = piece(request)
    command = AppendUpload(key=_key(upload_key), offset=offset, chunk=chunk, checksum=checksum)
    return _show(run(command).result)


@door.operation(
    "POST",
    "/<upload_key>/completion",
    answers={201: Stored},
    fails=(404, 409),
    sends=FinishUpload,
)
def finish_upload(upload_key: str) -> Response:
    """Make a document of the file when all of it has arrived."""
    key = _key(upload_key)
    row = engine().views.get("upload", actor(), key)
    blob = NOTHING
    if row is not None and row["offset"] == row["size"]:
        blob = engine().blobs.adopt(key, str(row["media_type"]))
    # What is gone was finished by an earlier call with this Idempotency-Key, or is not there.
    answered = stored(run(FinishUpload(key=key, blob=blob)).result)
    engine().blobs.drop(key)
    return answered


@door.operation("DELETE", "/<upload_key>", answers={204: None}, fails=(404,), sends=CancelUpload)
def cancel_upload(upload_key: str) -> Response:
    """Give an upload up."""
    key = _key(upload_key)
    run(CancelUpload(key=key))
    engine().blobs.drop(key)
    return done()
