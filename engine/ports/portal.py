"""The national portal as the worker sees it, and the queue in front of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from engine.domain.ids import Key
from engine.domain.portal import Difference, PortalMessage, Theirs
from engine.domain.portal.reconciliation import Ours
from engine.errors import MotcuaError


class PortalRefused(MotcuaError):
    """The portal did not take it; ``reason`` is safe to store and show."""

    code = "portal-refused"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Portal(Protocol):
    """Calls never made while a transaction is open."""

    def tell(self, service: str, body: Mapping[str, object]) -> None:
        """Hand over one dossier or step; ``PortalRefused`` when it was not taken."""

    def dossiers(self) -> Sequence[Theirs]:
        """What the portal shows of us."""


class PortalQueue(Protocol):
    """Messages on their way, in order per dossier, and the runs of comparisons."""

    def enqueue(self, limit: int) -> int:
        """Messages for published steps of dossiers nobody has queued yet; how many."""

    def take(self, limit: int, lease_seconds: float) -> Sequence[PortalMessage]:
        """The first unsent message of each dossier that is due, leased."""

    def done(self, position: int) -> None:
        """It was taken."""

    def failed(self, position: int, reason: str) -> None:
        """It was not: counted, and due again later, the longer the oftener it failed."""

    def again(self, dossier_key: Key) -> None:
        """Due at once, however often it failed."""

    def left(self, dossier_key: Key) -> int:
        """Unsent messages of a dossier."""

    def ours(self, tenant_id: str, since: datetime) -> Sequence[tuple[Key, Ours]]:
        """Dossiers with a code that are open or ended after ``since``, with their keys."""

    def keep_run(self, key: Key, tenant_id: str, checked: int, found: Sequence[Difference]) -> None:
        """The result of a comparison."""
