"""Papers: stored, read, taken over, kept and deleted; who read them is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request

from api.answers import answer, done
from api.calls import actor, engine, get, key_of, may_send, run, search
from api.conditions import wanted_revision
from api.door import Door
from api.files import MULTIPART, content, parts, uploaded
from api.instants import parse_instant
from api.queries import show_page
from api.schemas.nouns.document import (
    ACCESS,
    DOCUMENT,
    AccessPage,
    Attachment,
    DocumentItem,
    DocumentPage,
    Retention,
    Stored,
)
from engine.commands.keep_document import DeleteDocument, RetainDocument, ScanDocument
from engine.commands.read_document import ReadDocument
from engine.commands.store_document import AttachDocument, StoreDocument
from engine.ports.views import Condition, Query

door = Door("Documents", __name__, url_prefix="/api/documents")
BINARY = "application/octet-stream"
PARTS = frozenset(MULTIPART["properties"])
OF_DOSSIER = {"dossierKey": {"type": "string", "pattern": "^[0-9]{1,19}$"}}


def _document(text: str) -> int:
    return key_of(text, "documentKey")


def _dossier(text: str) -> int:
    return key_of(text, "dossierKey")


def stored(result: Mapping[str, Any]) -> Response:
    """A document that was just made."""
    dossier = result["dossier_key"]
    return answer(
        {
            "documentKey": str(result["key"]),
            "fileName": result["name"],
            "sha256": result["sha256"],
            "size": result["size"],
            "mediaType": result["media_type"],
            "scan": result["scan"],
            "dossierKey": None if dossier is None else str(dossier),
            "retainUntil": result["retain_until"],
        },
        201,
    )


@door.operation(
    "POST",
    "",
    multipart=MULTIPART,
    answers={201: Stored},
    fails=(404,),
    sends=StoreDocument,
)
def store_document() -> Response:
    """Store a small file at once; a larger one is uploaded in pieces."""
    may_send(StoreDocument)
    name, data, declared = uploaded(request, PARTS)
    dossier = request.form.get("dossierKey")
    command = StoreDocument(
        blob=engine().blobs.put(data, declared),
        name=name,
        dossier_key=None if dossier is None else _dossier(dossier),
        component=request.form.get("component"),
        source=request.form.get("source", "upload"),
    )
    return stored(run(command, *parts(request, data)).result)


@door.operation(
    "GET", "", query=OF_DOSSIER, answers={200: DocumentPage}, fails=(404,), reads="document"
)
def list_documents() -> Response:
    """Documents of a dossier, or those the caller brought in, newest first."""
    where: tuple[Condition, ...] = (
        Condition(field="created_by", op="eq", value=actor().name),
        Condition(field="instance_key", op="exists", value=False),
    )
    if (text := request.args.get("dossierKey")) is not None:
        where = (Condition(field="instance_key", op="eq", value=_dossier(text)),)
    page = search("document", Query(where=where, sort=(("created_at", "desc"),), limit=500))
    return answer(show_page(page, [DOCUMENT.present(row) for row in page.items]))


@door.operation(
    "GET", "/<document_key>", answers={200: DocumentItem}, fails=(404,), reads="document"
)
def get_document(document_key: str) -> Response:
    """What is known of a document; its content is asked for apart."""
    row = get("document", _document(document_key), "document")
    return answer(DOCUMENT.present(row), etag=row["revision"])


@door.operation(
    "GET",
    "/<document_key>/content",
    answers={200: BINARY},
    fails=(404, 409),
    sends=ReadDocument,
)
def get_document_content(document_key: str) -> Response:
    """The bytes of a document; who got them is written down first."""
    return content(_document(document_key))


@door.operation(
    "DELETE",
    "/<document_key>",
    answers={204: None},
    fails=(404, 409),
    sends=DeleteDocument,
    if_match=True,
)
def delete_document(document_key: str) -> Response:
    """Delete a document: name and content go, hash and history stay."""
    key = _document(document_key)
    run(DeleteDocument(key=key, revision=wanted_revision(request)))
    return done()


@door.operation(
    "GET",
    "/<document_key>/accesses",
    answers={200: AccessPage},
    fails=(404,),
    reads="document_access",
)
def list_document_accesses(document_key: str) -> Response:
    """Who got the content of a document, newest first."""
    key = _document(document_key)
    get("document", key, "document")
    where = (Condition(field="document_key", op="eq", value=key),)
    page = search("document_access", Query(where=where, sort=(("at", "desc"),), limit=1000))
    return answer(show_page(page, [ACCESS.present(row) for row in page.items]))


@door.operation(
    "POST",
    "/<document_key>/attachment",
    body=Attachment,
    answers={201: Stored},
    fails=(404,),
    sends=AttachDocument,
)
def attach_document(document_key: str, body: Mapping[str, Any]) -> Response:
    """Take a document over into a dossier, as a document of that dossier's own."""
    command = AttachDocument(
        key=_document(document_key),
        dossier_key=_dossier(body["dossierKey"]),
        component=body.get("component"),
    )
    return stored(run(command).result)


@door.operation(
    "PUT",
    "/<document_key>/retention",
    body=Retention,
    answers={204: None},
    fails=(404,),
    sends=RetainDocument,
)
def retain_document(document_key: str, body: Mapping[str, Any]) -> Response:
    """Say until when a document stays, or hold it back from deletion."""
    until = body.get("retainUntil")
    command = RetainDocument(
        key=_document(document_key),
        held=body["held"],
        retain_until=parse_instant(until) if until else None,
        reason=body.get("reason"),
    )
    run(command)
    return done()


@door.operation(
    "POST",
    "/<document_key>/scan",
    answers={200: DocumentItem},
    fails=(404,),
    sends=ScanDocument,
)
def scan_document(document_key: str) -> Response:
    """Let the virus scanner look again; what is clean leaves the quarantine."""
    key = _document(document_key)
    row = get("document", key, "document")
    may_send(ScanDocument)
    run(ScanDocument(key=key, blob=engine().blobs.examine(row["sha256"])))
    return answer(DOCUMENT.present(get("document", key, "document")))
