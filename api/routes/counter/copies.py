"""Electronic copies: issued, handed out, revoked, and verified by anybody."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from flask import Response, request

from api.answers import answer, done
from api.calls import engine, key_of, run
from api.door import Door
from api.files import uploaded
from api.schemas.requests.registers import (
    CopyIssue,
    CopyMade,
    CopyVerdict,
    Reason,
    SigningKey,
)
from engine.commands.issue_copy import FetchCopy, IssueCopy, RevokeCopy
from engine.domain.documents.copies import CopyFile, check, pack, unpack

door = Door("Electronic copies", __name__, url_prefix="/api/documents")
FORM: Mapping[str, Any] = {
    "type": "object",
    "properties": {"file": {"type": "string", "format": "binary"}},
    "required": ["file"],
    "additionalProperties": False,
}


@door.operation(
    "POST",
    "/<document_key>/copies",
    body=CopyIssue,
    answers={201: CopyMade},
    fails=(404, 409),
    sends=IssueCopy,
)
def issue_copy(document_key: str, body: Mapping[str, Any]) -> Response:
    """Sign an electronic copy of a document."""
    before = body.get("supersedes")
    command = IssueCopy(
        document_key=key_of(document_key, "documentKey"),
        number=body.get("number"),
        position=body.get("position"),
        supersedes=None if before is None else key_of(before, "supersedes"),
    )
    made = run(command).result
    return answer({"copyKey": str(made["key"]), "keyId": made["key_id"]}, 201)


@door.operation(
    "GET",
    "/copies/<copy_key>",
    answers={200: "application/zip"},
    fails=(404, 409),
    sends=FetchCopy,
)
def get_copy(copy_key: str) -> Response:
    """The copy as one file that can be verified without any network."""
    parts = run(FetchCopy(key=key_of(copy_key, "copyKey"))).result
    copy = CopyFile(
        content=engine().blobs.read(str(parts["sha256"])),
        manifest=str(parts["manifest"]).encode(),
        signature=base64.b64decode(str(parts["signature"])),
    )
    response = Response(pack(copy, str(parts["media_type"])), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{int(copy_key)}.zip"'
    return response


@door.operation(
    "POST",
    "/copies/<copy_key>/revocation",
    body=Reason,
    answers={204: None},
    fails=(404, 409),
    sends=RevokeCopy,
)
def revoke_copy(copy_key: str, body: Mapping[str, Any]) -> Response:
    """Revoke a copy: verifying it here tells so from now on."""
    run(RevokeCopy(key=key_of(copy_key, "copyKey"), reason=body["reason"]))
    return done()


@door.operation("GET", "/copies/key", answers={200: SigningKey}, fails=(503,), public=True)
def get_signing_key() -> Response:
    """The public key that copies of this installation are verified with."""
    signer = engine().signer
    return answer({"keyId": signer.key_id, "pem": signer.public_pem})


@door.operation(
    "POST",
    "/copies/verification",
    multipart=FORM,
    answers={200: CopyVerdict},
    fails=(503,),
    public=True,
)
def verify_copy() -> Response:
    """Whether a copy is what was signed here, and still holds."""
    _, data, _ = uploaded(request, frozenset({"file"}))
    verdict = check(unpack(data, engine().settings.document_limit), engine().signer.verify)
    faults = list(verdict.faults)
    if verdict.holds and not engine().views.copy_holds(str(verdict.facts.get("copy", ""))):
        faults.append("revoked")
    facts = dict(verdict.facts) if not verdict.faults else {}
    return answer({"holds": not faults, "faults": faults, "facts": facts})
