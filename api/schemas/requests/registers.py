"""Bodies and answers of registers and electronic copies."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.fields import Document, Flag, Items, Key, Text
from api.schemas.search import answer, request

_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
RegisterItemKeeping = request(
    "RegisterItemKeeping",
    {
        "register": Text(least=1, most=200, required=True),
        "kind": Text(least=1, most=200, required=True, doc="The component's id in procedures."),
        "number": Text(least=1, most=200, required=True),
        "holder": Text(least=1, most=100, required=True, doc="The person's id number."),
        "issuer": Text(least=1, most=500, required=True),
        "issuedOn": Text(pattern=_DAY, required=True),
        "validUntil": Text(pattern=_DAY),
        "documentKey": Key(),
        "supersedes": Key(),
    },
)
RegisterItemMade = answer("RegisterItemMade", {"registerItem": Key(required=True)})
Reason = request("Reason", {"reason": Text(least=1, most=1000, required=True)})
RegisterQuestion = request(
    "RegisterQuestion",
    {
        "dossierKey": Key(required=True, doc="The dossier it is asked for."),
        "holder": Text(least=1, most=100, required=True),
        "kind": Text(least=1, most=200),
    },
)
_Item = answer(
    "RegisterItem",
    {
        "registerItem": Key(required=True),
        "register": Text(required=True),
        "kind": Text(required=True),
        "number": Text(required=True),
        "issuer": Text(required=True),
        "issuedOn": Text(required=True),
        "validUntil": Text(required=True, nullable=True),
        "hasDocument": Flag(required=True),
    },
)
RegisterAnswer = answer("RegisterAnswer", {"items": Items(fields.Nested(_Item), required=True)})
CopyIssue = request(
    "CopyIssue",
    {
        "number": Text(least=1, most=200, doc="Of the certification book."),
        "position": Text(least=1, most=200, doc="What the signer signs as."),
        "supersedes": Key(),
    },
)
CopyMade = answer("CopyMade", {"copyKey": Key(required=True), "keyId": Text(required=True)})
CopyVerdict = answer(
    "CopyVerdict",
    {
        "holds": Flag(required=True, doc="The file is as signed, and the copy was not revoked."),
        "faults": Items(Text(), required=True),
        "facts": Document(required=True, doc="What was signed; empty when nothing can be read."),
    },
)
SigningKey = answer("SigningKey", {"keyId": Text(required=True), "pem": Text(required=True)})
