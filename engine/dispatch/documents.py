"""What goes by itself: documents whose time is over, and contents nobody refers to any more."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from threading import Lock
from typing import Final

from engine.commands.keep_document import ExpireDocument
from engine.domain.actors import SYSTEM
from engine.ports.blobs import Blobs
from engine.ports.store import Store

LIMIT: Final = 200
# A content is kept before its row is: a day is enough for the slowest upload.
GRACE: Final = timedelta(hours=24)
# Walking through all files costs more than the few that are left over.
SWEEP_SECONDS: Final = 3600.0


class PaperTidy:
    """Each document is one transaction on its own root; files go after their rows."""

    def __init__(self, store: Store, blobs: Blobs) -> None:
        self._store = store
        self._blobs = blobs
        self._swept_at: float | None = None
        self._lock = Lock()

    def tidy(self, execute: Callable[[object, str], int]) -> int:
        """Delete what is over; once an hour also the files of it."""
        with self._store.reading(SYSTEM) as uow:
            over = uow.documents.expired(uow.now, LIMIT)
        done = sum(execute(ExpireDocument(key=key), "expired") for key in over)
        return done + (self.sweep() if self._sweep_is_due() else 0)

    def sweep(self) -> int:
        """Remove the files no document rests on."""
        with self._store.reading(SYSTEM) as uow:
            before = uow.real_now - GRACE
        return self._blobs.sweep(before, self._kept)

    def _kept(self, hashes: Sequence[str]) -> frozenset[str]:
        with self._store.unit_of_work(SYSTEM) as uow:
            used = uow.documents.used_blobs(hashes)
            uow.commit()
        return used

    def _sweep_is_due(self) -> bool:
        now = time.monotonic()
        with self._lock:
            due = self._swept_at is None or now - self._swept_at >= SWEEP_SECONDS
            if due:
                self._swept_at = now
        return due
