"""Read a document: whoever gets the content is written down first.

Rejected: a document in quarantine, or one the actor does not see.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import Context, Result
from engine.domain.documents import DocumentRecord
from engine.domain.events import DocumentRead
from engine.domain.ids import Key
from engine.errors import Conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDocument:
    """``action`` is what is done with it: download, print, verify."""

    key: Key
    action: str = "download"
    purpose: str | None = None


def read_document(command: ReadDocument, context: Context) -> Result:
    document = context.uow.documents.find(command.key, context.actor)
    require_readable(document)

    context.uow.record(
        None,
        DocumentRead(
            key=context.uow.next_key(),
            document_key=document.key,
            action=command.action,
            by=context.actor.name,
            purpose=command.purpose,
        ),
    )
    return {
        "key": document.key,
        "sha256": document.sha256,
        "media_type": document.media_type,
        "name": document.name,
    }


def require_readable(document: DocumentRecord) -> None:
    """Nobody gets what the scanner has not let pass."""
    if document.state == "QUARANTINED":
        raise Conflict(
            "The document is in quarantine: it cannot be read.", code="document-quarantined"
        )
