"""Items of registers and electronic copies."""

from __future__ import annotations

from engine.domain.events import (
    CopyIssued,
    CopyRevoked,
    RegisterConsulted,
    RegisterItemEnded,
    RegisterItemKept,
)
from engine.store.appliers.registry import Projection, applies, only_history
from engine.store.tables import electronic_copy, register_item

only_history(RegisterConsulted)


@applies(RegisterItemKept)
def _kept(event: RegisterItemKept, to: Projection) -> None:
    to.rows.insert(
        register_item,
        key=event.key,
        root_key=to.root_key,
        register=event.register,
        kind=event.kind,
        number=event.number,
        holder=event.holder,
        issuer=event.issuer,
        issued_on=event.issued_on,
        valid_until=event.valid_until,
        document_key=event.document_key,
        state="VALID",
        reason=None,
        created_by=event.by,
        created_at=to.at,
        revision=1,
        **to.seen_by(),
    )


@applies(RegisterItemEnded)
def _ended(event: RegisterItemEnded, to: Projection) -> None:
    to.rows.update(register_item, event.key, state=event.cause, reason=event.reason)


@applies(CopyIssued)
def _issued(event: CopyIssued, to: Projection) -> None:
    to.rows.insert(
        electronic_copy,
        key=event.key,
        root_key=to.root_key,
        document_key=event.document_key,
        sha256=event.sha256,
        number=event.number,
        key_id=event.key_id,
        manifest=event.manifest,
        signature=event.signature,
        state="VALID",
        superseded_by=None,
        reason=None,
        issued_by=event.by,
        issued_at=event.issued_at,
        revision=1,
        **to.seen_by(),
    )


@applies(CopyRevoked)
def _revoked(event: CopyRevoked, to: Projection) -> None:
    to.rows.update(
        electronic_copy,
        event.key,
        state="REVOKED",
        superseded_by=event.superseded_by,
        reason=event.reason,
    )
