"""Documents for processes and workers: uploaded, read by reference, deleted.

There is one store, and its ids are ours: another store or an id of the caller's is 501.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request

from api.answers import answer, done
from api.body import parse
from api.calls import engine, key_of, may_send, run
from api.door import Door
from api.files import content, parts, uploaded
from api.instants import parse_instant
from api.schemas.nouns.stored_document import Metadata, Reference
from api.validation import require_valid, without_nulls
from engine.commands.keep_document import DeleteDocument
from engine.commands.read_document import ReadDocument
from engine.commands.store_document import StoreDocument
from engine.errors import NotFound, NotSupported

door = Door("Stored documents", __name__, url_prefix="/v2/documents")
STORE = "motcua"
_TEXT = {"type": "string", "minLength": 1, "maxLength": 200}
WHERE = {"storeId": _TEXT, "contentHash": _TEXT}
FORM: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "file": {"type": "string", "format": "binary"},
        "metadata": {"type": "object", "description": "JSON of type DocumentMetadata."},
    },
    "required": ["file"],
    "additionalProperties": False,
}


@door.operation(
    "POST",
    "",
    multipart=FORM,
    query={"storeId": _TEXT, "documentId": _TEXT},
    answers={201: Reference},
    fails=(404, 501),
    sends=StoreDocument,
)
def create_document() -> Response:
    """Store a document; the answer is the reference to keep in a variable."""
    may_send(StoreDocument)
    _require_our_store()
    if "documentId" in request.args:
        raise NotSupported("The store gives the ids: leave documentId out.")
    name, data, declared = uploaded(request, frozenset({"file", "metadata"}))
    wanted = _metadata()
    instance = wanted.get("processInstanceKey")
    expires = wanted.get("expiresAt")
    command = StoreDocument(
        blob=engine().blobs.put(data, wanted.get("contentType", declared)),
        name=wanted.get("fileName") or name,
        dossier_key=None if instance is None else key_of(instance, "processInstanceKey"),
        source="process",
        retain_until=None if expires is None else parse_instant(expires),
        properties=wanted.get("customProperties", {}),
    )
    return answer(_reference(run(command, *parts(request, data)).result, wanted), 201)


@door.operation(
    "GET",
    "/<document_id>",
    query=WHERE,
    answers={200: "application/octet-stream"},
    fails=(404, 409, 501),
    sends=ReadDocument,
)
def read_document(document_id: str) -> Response:
    """The bytes of a document; who got them is written down first."""
    _require_our_store()
    response = content(_key(document_id))
    wanted = request.args.get("contentHash")
    if wanted is not None and wanted != response.get_etag()[0]:
        raise NotFound("There is no such document with this content.")
    return response


@door.operation(
    "DELETE",
    "/<document_id>",
    query={"storeId": _TEXT},
    answers={204: None},
    fails=(404, 409, 501),
    sends=DeleteDocument,
)
def remove_document(document_id: str) -> Response:
    """Delete a document; what refers to it will not find it any more."""
    _require_our_store()
    run(DeleteDocument(key=_key(document_id)))
    return done()


def _key(document_id: str) -> int:
    """An id that is no key of ours names nothing."""
    if not (document_id.isascii() and document_id.isdigit() and len(document_id) <= 19):
        raise NotFound("There is no such document.")
    return key_of(document_id, "documentId")


def _require_our_store() -> None:
    if request.args.get("storeId", STORE) != STORE:
        raise NotSupported(f"There is one store here, {STORE}.")


def _metadata() -> dict[str, Any]:
    text = request.form.get("metadata")
    if text is None and "metadata" in request.files:
        text = request.files["metadata"].read().decode("utf-8", "replace")
    body = parse(text.encode()) if text else {}
    require_valid(Metadata, body)
    found: dict[str, Any] = without_nulls(Metadata, body)
    return found


def _reference(stored: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "camunda.document.type": "camunda",
        "storeId": STORE,
        "documentId": str(stored["key"]),
        "contentHash": stored["sha256"],
        "metadata": {
            "contentType": stored["media_type"],
            "fileName": stored["name"],
            "expiresAt": stored["retain_until"],
            "size": stored["size"],
            "processDefinitionId": wanted.get("processDefinitionId"),
            "processInstanceKey": wanted.get("processInstanceKey"),
            "customProperties": wanted.get("customProperties", {}),
        },
    }
