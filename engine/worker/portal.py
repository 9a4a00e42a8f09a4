"""Tells the portal what happened and compares both sides once a day."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from typing import Any, Final

from engine.commands.portal_messages import (
    FinishPortalMessage,
    QueuePortalMessages,
    TakePortalMessages,
)
from engine.commands.reconcile_portal import ReconcilePortal
from engine.domain.actors import SYSTEM
from engine.ports.engine import Engine
from engine.ports.portal import Portal, PortalRefused

log = logging.getLogger("motcua.portal")

DAY: Final = 24 * 3600.0
BATCH: Final = 20


class PortalPusher:
    """``turn`` sends a bounded batch; one dossier's steps go in order."""

    def __init__(self, engine: Engine, portal: Portal) -> None:
        self._engine = engine
        self._portal = portal
        self._compared_at: float | None = None

    def turn(self) -> int:
        """How many events were looked at and messages tried."""
        looked = self._engine.execute(QueuePortalMessages(), SYSTEM).result["looked_at"]
        taken: Any = self._engine.execute(TakePortalMessages(limit=BATCH), SYSTEM).result
        for letter in taken["messages"]:
            self._send(letter)
        self._compare_daily()
        return int(str(looked)) + len(taken["messages"])

    def reconcile(self) -> Mapping[str, object]:
        """Compare now; ``PortalRefused`` when the portal does not answer."""
        theirs = self._portal.dossiers()
        return self._engine.execute(ReconcilePortal(theirs=theirs), SYSTEM).result

    def _send(self, letter: Mapping[str, Any]) -> None:
        reason = None
        try:
            self._portal.tell(letter["service"], letter["body"])
        except PortalRefused as refused:
            reason = refused.reason
            log.warning("portal did not take message %s: %s", letter["position"], reason)
        finish = FinishPortalMessage(
            position=letter["position"], dossier_key=letter["dossier_key"], reason=reason
        )
        self._engine.execute(finish, SYSTEM)

    def _compare_daily(self) -> None:
        now = time.monotonic()
        if self._compared_at is not None and now - self._compared_at < DAY:
            return
        self._compared_at = now
        try:
            self.reconcile()
        except PortalRefused as refused:
            log.warning("portal not compared: %s", refused.reason)
