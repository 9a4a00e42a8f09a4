"""What goes by itself: documents whose time is over, and contents nobody refers to any more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

from engine.commands.keep_document import ExpireDocument
from engine.domain.actors import SYSTEM
from engine.ports.blobs import Blobs
from engine.ports.store import Store

LIMIT: Final = 200
# A content is kept before its row is: a day is enough for the slowest upload.
GRACE: Final = timedelta(hours=24)


def tidy_documents(store: Store, blobs: Blobs, execute: Callable[[object, str], int]) -> int:
    """Each document is one transaction on its own root; files go after their rows."""
    with store.reading(SYSTEM) as uow:
        over = uow.documents.expired(uow.now, LIMIT)
        before = uow.real_now - GRACE
    done = sum(execute(ExpireDocument(key=key), "expired") for key in over)

    def kept(hashes: Sequence[str]) -> frozenset[str]:
        with store.unit_of_work(SYSTEM) as uow:
            used = uow.documents.used_blobs(hashes)
            uow.commit()
        return used

    return done + blobs.sweep(before, kept)
