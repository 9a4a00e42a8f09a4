"""Tells the portal what happened and compares both sides once a day.

Beside the job runner, in a thread of its own: a portal that does not answer
must never hold up a timer.
"""

from __future__ import annotations

import logging
import threading
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
# One message at a time: its lease outlives two log-ins and two calls.
LEASE_SECONDS: Final = 120.0


class PortalPusher:
    """``turn`` sends what waits; one dossier's steps go in order."""

    def __init__(self, engine: Engine, portal: Portal) -> None:
        self._engine = engine
        self._portal = portal
        self._compared_at: float | None = None
        self._thread: threading.Thread | None = None

    def beside(self) -> int:
        """Begin a turn in a thread of its own unless one is under way; nothing is waited for."""
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._quietly, name="motcua-portal", daemon=True)
            self._thread.start()
        return 0

    def wait(self, seconds: float) -> bool:
        """Wait for the turn under way; False when it is not over by then."""
        if self._thread is not None:
            self._thread.join(seconds)
        return self._thread is None or not self._thread.is_alive()

    def turn(self) -> int:
        """How many events were looked at and messages tried."""
        done = int(str(self._engine.execute(QueuePortalMessages(), SYSTEM).result["looked_at"]))
        while (letter := self._next()) is not None:
            self._send(letter)
            done += 1
        self._compare_daily()
        return done

    def reconcile(self) -> Mapping[str, object]:
        """Compare now; ``PortalRefused`` when the portal does not answer."""
        theirs = self._portal.dossiers()
        return self._engine.execute(ReconcilePortal(theirs=theirs), SYSTEM).result

    def _quietly(self) -> None:
        try:
            self.turn()
        except Exception as error:
            # Leases end by themselves and what was not settled is told again.
            log.warning("portal turn failed: %s", type(error).__name__)

    def _next(self) -> Mapping[str, Any] | None:
        command = TakePortalMessages(limit=1, lease_seconds=LEASE_SECONDS)
        taken: Any = self._engine.execute(command, SYSTEM).result["messages"]
        return taken[0] if taken else None

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
