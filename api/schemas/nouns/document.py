"""Documents, components of dossiers, and the log of who read what."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.columns import Column, Table
from api.schemas.fields import Document, Flag, Instant, Items, Key, Text, Whole
from api.schemas.search import answer, item_schema, page_schema, request
from engine.domain.documents import CHECKS, SOURCES, STATUSES

SCANS = ("clean", "infected", "unscanned", "pending")
_HASH = "^[0-9a-f]{64}$"
_BIG = 2**63 - 1

DOCUMENT = Table(
    noun="document",
    name="Document",
    columns=(
        Column(wire="documentKey", row="key", kind="key"),
        Column(wire="dossierKey", row="instance_key", kind="key", nullable=True),
        Column(wire="fileName", row="name"),
        Column(wire="mediaType", row="media_type"),
        Column(wire="size", row="size", kind="whole"),
        Column(wire="sha256", row="sha256"),
        Column(wire="state", row="state", kind="choice", values=("STORED", "QUARANTINED")),
        Column(wire="scan", row="scan", kind="choice", values=SCANS),
        Column(wire="source", row="source", kind="choice", values=SOURCES),
        Column(wire="fromDocument", row="from_document", kind="key", nullable=True),
        Column(wire="createdBy", row="created_by"),
        Column(wire="createdAt", row="created_at", kind="instant"),
        Column(wire="retainUntil", row="retain_until", kind="instant", nullable=True),
        Column(wire="held", row="held", kind="flag"),
        Column(wire="revision", row="revision", kind="whole"),
    ),
)
DocumentItem = item_schema(DOCUMENT)
DocumentPage = page_schema("Document", DocumentItem)

COMPONENT = Table(
    noun="component",
    name="Component",
    columns=(
        Column(wire="component", row="id"),
        Column(wire="mandatory", row="mandatory", kind="flag"),
        Column(wire="title", row="title", kind="headers"),
        Column(wire="status", row="status", kind="choice", values=STATUSES),
        Column(wire="documentKey", row="document_key", kind="key", nullable=True),
        Column(wire="documentName", row="document_name", nullable=True),
        Column(wire="registerItem", row="register_item", kind="key", nullable=True),
        Column(wire="reason", row="reason", nullable=True),
        Column(wire="quality", row="quality", kind="flag", nullable=True),
        Column(wire="note", row="note", nullable=True),
        Column(wire="settledBy", row="settled_by", nullable=True),
        Column(wire="checkedBy", row="checked_by", nullable=True),
        Column(wire="updatedAt", row="updated_at", kind="instant"),
        Column(wire="revision", row="revision", kind="whole"),
    ),
)
Components = answer(
    "DossierComponents",
    {
        "items": Items(fields.Nested(item_schema(COMPONENT)), required=True),
        "missing": Items(
            Text(), required=True, doc="Components that keep the dossier at reception."
        ),
    },
)

ACCESS = Table(
    noun="document_access",
    name="DocumentAccess",
    columns=(
        Column(wire="accessKey", row="key", kind="key"),
        Column(wire="action", row="action"),
        Column(wire="by", row="by"),
        Column(wire="purpose", row="purpose", nullable=True),
        Column(wire="at", row="at", kind="instant"),
    ),
)
AccessPage = page_schema("DocumentAccess", item_schema(ACCESS))

UploadBegin = request(
    "UploadBegin",
    {
        "fileName": Text(least=1, most=1000, required=True),
        "size": Whole(least=0, most=_BIG, required=True, doc="Bytes of the whole file."),
        "mediaType": Text(most=200, doc="What the sender believes; the bytes decide."),
        "sha256": Text(pattern=_HASH, doc="What the whole file must have."),
        "dossierKey": Key(),
        "component": Text(least=1, most=200),
        "source": Text(values=("upload", "scan", "portal")),
    },
)
Upload = answer(
    "Upload",
    {
        "uploadKey": Key(required=True),
        "offset": Whole(least=0, most=_BIG, required=True, doc="Where the next piece begins."),
        "size": Whole(least=0, most=_BIG, required=True),
        "chunkLimit": Whole(least=1, most=_BIG, required=True, doc="Most bytes of one piece."),
    },
)
Stored = answer(
    "StoredDocument",
    {
        "documentKey": Key(required=True),
        "fileName": Text(required=True),
        "sha256": Text(required=True),
        "size": Whole(least=0, most=_BIG, required=True),
        "mediaType": Text(required=True),
        "scan": Text(values=SCANS, required=True),
        "dossierKey": Key(required=True, nullable=True),
        "retainUntil": Instant(required=True, nullable=True),
    },
)
Attachment = request(
    "DocumentAttachment",
    {"dossierKey": Key(required=True), "component": Text(least=1, most=200)},
)
Retention = request(
    "DocumentRetention",
    {
        "held": Flag(required=True, doc="Keep it whatever the time."),
        "retainUntil": Instant(),
        "reason": Text(least=1, most=1000),
    },
)
ComponentList = request(
    "ComponentList",
    {
        "components": Items(
            fields.Nested(
                request(
                    "WantedComponent",
                    {
                        "id": Text(least=1, most=200, required=True),
                        "name": Document(doc="Title by language."),
                        "required": Flag(required=True),
                    },
                )
            ),
            most=200,
            required=True,
        )
    },
)
Settlement = request(
    "ComponentSettlement",
    {
        "documentKey": Key(doc="A document of this dossier."),
        "registerItem": Key(doc="What a register has, as consulting it told."),
        "holder": Text(least=1, most=100, doc="The person's id number it was found by."),
        "exempt": Flag(doc="It need not be brought; say why."),
        "reason": Text(least=1, most=1000),
    },
)
Check = request(
    "ComponentCheck",
    {name: Flag(required=True) for name in CHECKS} | {"note": Text(least=1, most=1000)},
)
Standing = answer("DossierStanding", {"missing": Items(Text(), required=True)})
