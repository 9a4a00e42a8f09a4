"""What commands ask of documents, uploads and components in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from engine.domain.actors import Actor
from engine.domain.documents import Component, DocumentRecord, StoredBlob, UploadRecord
from engine.domain.ids import Key
from engine.domain.records import Visibility


class Documents(Protocol):
    """Rows of documents and components follow from events; uploads and blobs are no history."""

    def require_root(self, root_key: Key, actor: Actor) -> None:
        """``NotFound`` unless the actor sees this dossier or instance."""

    def find(self, key: Key, actor: Actor) -> DocumentRecord:
        """A document the actor sees that was not deleted; ``NotFound`` otherwise."""

    def expired(self, now: datetime, limit: int) -> Sequence[Key]:
        """Documents whose time is over and that nobody holds back."""

    def add_upload(self, upload: UploadRecord, actor: Actor, expires_at: datetime) -> None:
        """Begin an upload; it belongs to who began it."""

    def lock_upload(self, key: Key, actor: Actor) -> UploadRecord:
        """The actor's own upload, locked; ``NotFound`` otherwise."""

    def move_upload(self, key: Key, offset: int, expires_at: datetime) -> None:
        """So many bytes have arrived."""

    def end_upload(self, key: Key) -> None:
        """The upload is over."""

    def keep_blob(self, blob: StoredBlob) -> None:
        """The content's row, made or brought up to date."""

    def used_blobs(self, hashes: Sequence[str]) -> frozenset[str]:
        """Which of these contents a document still rests on; the rows of the others go."""

    def component(self, root_key: Key, component: str) -> Component | None:
        """One component under the root's lock."""

    def components(self, root_key: Key) -> Sequence[Component]:
        """All components of a dossier, in the order of its procedure."""

    def visibility(self, actor: Actor) -> Visibility:
        """Of a document that belongs to no dossier: the actor's own unit."""
