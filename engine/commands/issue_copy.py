"""Issue an electronic copy of a document, signed by the installation; or revoke one.

Rejected: who is no signer, a document in quarantine, an installation without a
key. What was signed never changes; another copy supersedes it.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass

from engine.commands.context import Context, Result
from engine.commands.read_document import require_readable
from engine.domain.actors import Actor
from engine.domain.documents.copies import manifest_bytes
from engine.domain.events import CopyIssued, CopyRevoked, DocumentRead
from engine.domain.ids import Key
from engine.errors import Conflict, Forbidden

SIGNING = ("signer@", "records@")


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueCopy:
    """``number`` is that of the certification book; ``position`` what the signer signs as."""

    document_key: Key
    number: str | None = None
    position: str | None = None
    supersedes: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeCopy:
    """With the reason that is kept."""

    key: Key
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchCopy:
    """The parts of the file; whoever gets it is written down."""

    key: Key


def issue_copy(command: IssueCopy, context: Context) -> Result:
    _require_signer(context.actor)
    document = context.uow.documents.find(command.document_key, context.actor)
    require_readable(document)
    context.uow.roots.lock(document.root_key)
    key = context.uow.next_key()
    events: list[CopyIssued | CopyRevoked] = []
    if command.supersedes is not None:
        before = context.uow.registers.copy(command.supersedes, context.actor)
        if before.document_key != document.key or before.state != "VALID":
            raise Conflict("Only a valid copy of this document is superseded.", code="copy-ended")
        events.append(CopyRevoked(key=before.key, by=context.actor.name, superseded_by=key))

    now = context.uow.now
    manifest = manifest_bytes(
        {
            "copy": str(key),
            "number": command.number,
            "document": {
                "key": str(document.key),
                "sha256": document.sha256,
                "size": document.size,
                "mediaType": document.media_type,
                "name": document.name,
            },
            "issuer": {
                "installation": context.settings.installation,
                "unit": context.actor.unit_id,
            },
            "signer": context.actor.display_name or context.actor.name,
            "position": command.position,
            "issuedAt": now.astimezone(context.settings.zone).isoformat(timespec="seconds"),
            "keyId": context.signer.key_id,
        }
    )
    issued = CopyIssued(
        key=key,
        document_key=document.key,
        sha256=document.sha256,
        key_id=context.signer.key_id,
        signature=base64.b64encode(context.signer.sign(manifest)).decode(),
        by=context.actor.name,
        issued_at=now,
        number=command.number,
        manifest=manifest.decode(),
    )
    context.uow.record(document.root_key, issued, *events)
    return {"key": key, "key_id": context.signer.key_id}


def revoke_copy(command: RevokeCopy, context: Context) -> Result:
    _require_signer(context.actor)
    copy = context.uow.registers.copy(command.key, context.actor)
    context.uow.roots.lock(copy.root_key)
    if context.uow.registers.copy(command.key, context.actor).state != "VALID":
        raise Conflict("The copy holds no longer already.", code="copy-ended")
    revoked = CopyRevoked(key=copy.key, by=context.actor.name, reason=command.reason)
    context.uow.record(copy.root_key, revoked)
    return {"key": copy.key}


def fetch_copy(command: FetchCopy, context: Context) -> Result:
    copy = context.uow.registers.copy(command.key, context.actor)
    document = context.uow.documents.find(copy.document_key, context.actor)
    require_readable(document)
    context.uow.record(
        None,
        DocumentRead(
            key=context.uow.next_key(),
            document_key=document.key,
            action="copy",
            by=context.actor.name,
        ),
    )
    return {
        "sha256": document.sha256,
        "media_type": document.media_type,
        "manifest": copy.manifest,
        "signature": copy.signature,
    }


def _require_signer(actor: Actor) -> None:
    if actor.has("admin", "supervisor") or any(g.startswith(SIGNING) for g in actor.groups):
        return
    raise Forbidden("Signers and the records office issue copies.", code="not-a-signer")
