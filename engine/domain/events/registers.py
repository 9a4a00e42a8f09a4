"""What registers have, who asked them, and electronic copies; persons only as digests."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from engine.domain.events.event import Event
from engine.domain.ids import Key

PRIVATE = {"private": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterItemKept(Event):
    """A register has a paper of somebody: it need not be asked for again."""

    wire = "motcua.register.item-kept.v1"
    key: Key
    register: str
    kind: str
    issuer: str
    by: str
    issued_on: str
    valid_until: str | None = None
    document_key: Key | None = None
    supersedes: Key | None = None
    number: str = field(default="", metadata=PRIVATE)
    holder: str = field(default="", metadata=PRIVATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterItemEnded(Event):
    """It holds no longer: revoked, or another one stands in its place."""

    wire = "motcua.register.item-ended.v1"
    key: Key
    by: str
    cause: str
    reason: str | None = field(default=None, metadata=PRIVATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterConsulted(Event):
    """Somebody asked what there is of a person, for this dossier."""

    wire = "motcua.register.consulted.v1"
    by: str
    found: int
    kind: str | None = None
    holder: str = field(default="", metadata=PRIVATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyIssued(Event):
    """An electronic copy was signed; what it says of persons is private."""

    wire = "motcua.copy.issued.v1"
    key: Key
    document_key: Key
    sha256: str
    key_id: str
    signature: str
    by: str
    issued_at: datetime
    number: str | None = None
    manifest: str = field(default="", metadata=PRIVATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyRevoked(Event):
    """The copy holds no longer."""

    wire = "motcua.copy.revoked.v1"
    key: Key
    by: str
    superseded_by: Key | None = None
    reason: str | None = field(default=None, metadata=PRIVATE)
