"""Papers: hashes, kinds and keys; names of files and reasons are private."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from engine.domain.events.event import Event
from engine.domain.ids import Key

PRIVATE = {"private": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentStored(Event):
    """A content became a document of this root; ``from_document`` is what it was taken from."""

    wire = "motcua.document.stored.v1"
    key: Key
    sha256: str
    size: int
    media_type: str
    scan: str
    source: str
    by: str
    dossier_key: Key | None = None
    from_document: Key | None = None
    retain_until: datetime | None = None
    name: str = field(default="", metadata=PRIVATE)
    properties: dict[str, object] = field(default_factory=dict, metadata=PRIVATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentScanned(Event):
    """The scanner looked again."""

    wire = "motcua.document.scanned.v1"
    key: Key
    scan: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRetained(Event):
    """How long it stays, and whether somebody holds it back from deletion."""

    wire = "motcua.document.retained.v1"
    key: Key
    held: bool
    retain_until: datetime | None = None
    reason: str | None = field(default=None, metadata=PRIVATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDeleted(Event):
    """Name and content are gone; key, hash and history stay."""

    wire = "motcua.document.deleted.v1"
    key: Key
    by: str
    cause: str
    reason: str | None = field(default=None, metadata=PRIVATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRead(Event):
    """Somebody got the content. Stands in the chain of the reader's unit and day."""

    wire = "motcua.document.read.v1"
    key: Key
    document_key: Key
    action: str
    by: str
    purpose: str | None = field(default=None, metadata=PRIVATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentRequired(Event):
    """A line of the dossier's list, as its procedure asks for it."""

    wire = "motcua.component.required.v1"
    component: str
    number: int
    mandatory: bool
    title: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentSettled(Event):
    """It was brought (a document), taken over (a register's item or a document) or is exempt."""

    wire = "motcua.component.settled.v1"
    component: str
    status: str
    by: str
    document_key: Key | None = None
    register_item: Key | None = None
    reason: str | None = field(default=None, metadata=PRIVATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentChecked(Event):
    """Somebody looked whether the copy is good."""

    wire = "motcua.component.checked.v1"
    component: str
    quality: bool
    checks: dict[str, bool]
    by: str
    note: str | None = field(default=None, metadata=PRIVATE)
