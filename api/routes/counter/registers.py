"""What registers have of a person: kept, ended, and asked for while a dossier is worked on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.answers import answer, done
from api.calls import key_of, run
from api.door import Door
from api.schemas.requests.registers import (
    Reason,
    RegisterAnswer,
    RegisterItemKeeping,
    RegisterItemMade,
    RegisterQuestion,
)
from engine.commands.keep_register_item import (
    ConsultRegister,
    EndRegisterItem,
    KeepRegisterItem,
)

door = Door("Registers", __name__, url_prefix="/api/documents/register")


@door.operation(
    "POST",
    "/items",
    body=RegisterItemKeeping,
    answers={201: RegisterItemMade},
    fails=(404, 409),
    sends=KeepRegisterItem,
)
def keep_register_item(body: Mapping[str, Any]) -> Response:
    """Keep that a register has a paper of somebody, so that nobody asks for it again."""
    document, before = body.get("documentKey"), body.get("supersedes")
    command = KeepRegisterItem(
        register=body["register"],
        kind=body["kind"],
        number=body["number"],
        holder=body["holder"],
        issuer=body["issuer"],
        issued_on=body["issuedOn"],
        valid_until=body.get("validUntil"),
        document_key=None if document is None else key_of(document, "documentKey"),
        supersedes=None if before is None else key_of(before, "supersedes"),
    )
    return answer({"registerItem": str(run(command).result["key"])}, 201)


@door.operation(
    "POST",
    "/items/<register_item>/revocation",
    body=Reason,
    answers={204: None},
    fails=(404, 409),
    sends=EndRegisterItem,
)
def end_register_item(register_item: str, body: Mapping[str, Any]) -> Response:
    """Say that an item holds no longer."""
    run(EndRegisterItem(key=key_of(register_item, "registerItem"), reason=body["reason"]))
    return done()


@door.operation(
    "POST",
    "/consultation",
    body=RegisterQuestion,
    answers={200: RegisterAnswer},
    fails=(404,),
    sends=ConsultRegister,
)
def consult_register(body: Mapping[str, Any]) -> Response:
    """What holds today of one person, for one dossier; asking is written down."""
    command = ConsultRegister(
        dossier_key=key_of(body["dossierKey"], "dossierKey"),
        holder=body["holder"],
        kind=body.get("kind"),
    )
    return answer(dict(run(command).result))
