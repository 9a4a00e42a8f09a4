"""Client of the national portal's service over the guarded HTTP client.

Logs in when it has no session or the portal says it ended; every refusal is a
``PortalRefused`` whose reason names the portal's own code, never its text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from engine.domain.portal import Theirs
from engine.domain.portal.message import LIST, stamp_of
from engine.ports.outgoing import Call, Outgoing, OutgoingFailed
from engine.ports.portal import PortalRefused
from engine.settings import PortalAccess

_SESSION_ENDED = "-1"
_ANSWER_LIMIT = 50_000_000


class PortalClient:
    """``engine.ports.portal.Portal`` over HTTP."""

    def __init__(self, access: PortalAccess, outgoing: Outgoing, zone: ZoneInfo) -> None:
        self._access = access
        self._outgoing = outgoing
        self._zone = zone
        self._session: str | None = None

    def tell(self, service: str, body: Mapping[str, object]) -> None:
        """One dossier or step."""
        self._call({"service": service, "isUpdating": "True", "data": [body]})

    def dossiers(self) -> Sequence[Theirs]:
        """What the portal shows; rows without a readable code or status are left out."""
        rows = self._call({"service": LIST}).get("result", [])
        found = (self._theirs(row) for row in rows if isinstance(row, dict))
        return [one for one in found if one is not None]

    def _theirs(self, row: Mapping[str, Any]) -> Theirs | None:
        code, status = str(row.get("MaHoSo", "")), str(row.get("TrangThaiHoSo", ""))
        if not code or not status.isdecimal():
            return None
        heard = stamp_of(str(row.get("ThoiDiemNhan", "")), self._zone)
        return Theirs(code=code, status=int(status), heard_at=heard)

    def _call(self, body: Mapping[str, object]) -> Mapping[str, Any]:
        for attempt in range(2):
            if self._session is None:
                self._session = self._log_in()
            answer = self._post("/service", {"session": self._session, **body})
            code = str(answer.get("error_code", ""))
            if code == "0":
                return answer
            self._session = None
            if code != _SESSION_ENDED or attempt:
                raise PortalRefused(f"error-code {code[:20]}")
        raise PortalRefused("no-session")

    def _log_in(self) -> str:
        pair = {"username": self._access.user, "password": self._access.password}
        session = self._post("/login", pair).get("session")
        if not isinstance(session, str) or not session:
            raise PortalRefused("login-refused")
        return session

    def _post(self, path: str, body: Mapping[str, object]) -> Mapping[str, Any]:
        call = Call(
            url=self._access.url.rstrip("/") + path,
            method="POST",
            headers={"Content-Type": "application/json"},
            body=json.dumps(body, ensure_ascii=False).encode(),
            answer_limit=_ANSWER_LIMIT,
        )
        try:
            reply = self._outgoing.send(call)
        except OutgoingFailed as failed:
            raise PortalRefused(failed.reason) from None
        if reply.status != 200:
            raise PortalRefused(f"status {reply.status}")
        try:
            answer = json.loads(reply.body)
        except ValueError:
            raise PortalRefused("answer-broken") from None
        if not isinstance(answer, dict):
            raise PortalRefused("answer-broken")
        return answer
