"""Documents as the engine API shows them: references that stand in variables."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.fields import Document, Instant, Key, Text, Whole
from api.schemas.search import answer, request

Metadata = request(
    "DocumentMetadata",
    {
        "contentType": Text(most=200, doc="What the sender believes; the bytes decide."),
        "fileName": Text(least=1, most=1000),
        "expiresAt": Instant(),
        "size": Whole(least=0, most=2**63 - 1),
        "processDefinitionId": Text(most=1000),
        "processInstanceKey": Key(),
        "customProperties": Document(),
    },
)
_Metadata = answer(
    "DocumentMetadataAnswer",
    {
        "contentType": Text(required=True),
        "fileName": Text(required=True),
        "expiresAt": Instant(required=True, nullable=True),
        "size": Whole(least=0, most=2**63 - 1, required=True),
        "processDefinitionId": Text(required=True, nullable=True),
        "processInstanceKey": Key(required=True, nullable=True),
        "customProperties": Document(required=True),
    },
)
Reference = answer(
    "DocumentReference",
    {
        "camunda.document.type": Text(required=True, values=("camunda",)),
        "storeId": Text(required=True),
        "documentId": Text(required=True),
        "contentHash": Text(required=True, nullable=True, doc="SHA-256 in hexadecimal."),
        "metadata": fields.Nested(_Metadata, required=True),
    },
)
