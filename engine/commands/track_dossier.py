"""Let a citizen follow a dossier: code and secret, with a limit on wrong tries.

The code can be guessed, so a wrong code, a wrong secret and a sealed dossier
have one answer and count alike, per caller and per code.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from engine.commands.context import Context, Result
from engine.commands.dossier_papers import secret_digest
from engine.domain.dossier.portal import MEANING
from engine.errors import Unavailable

TRIES: Final = 10
WINDOW: Final = timedelta(minutes=15)
_NO_SALT: Final = bytes(16)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackDossier:
    """``caller`` is where the call comes from; it is kept as a digest only."""

    code: str
    secret: str
    caller: str = ""


def track_dossier(command: TrackDossier, context: Context) -> Result:
    dossiers, now = context.uow.dossiers, context.uow.real_now
    marks = [_mark("caller", command.caller), _mark("code", command.code)]
    if any(dossiers.tracking_failures(mark, now - WINDOW) >= TRIES for mark in marks):
        raise Unavailable("Too many wrong tries; wait 15 minutes.", code="too-many-tries")
    key = dossiers.find_code(command.code, context.actor.tenant_id)
    kept = None if key is None else dossiers.secret(key)
    salt, wanted = kept or (_NO_SALT, bytes(32))
    if not hmac.compare_digest(secret_digest(salt, command.secret), wanted) or key is None:
        for mark in marks:
            dossiers.count_tracking_failure(mark, now, now - WINDOW)
        return {"found": False}

    dossier = dossiers.read(key)
    procedure = (
        {} if dossier.definition_key is None else dossiers.procedure_of(dossier.definition_key)
    )
    return {
        "found": True,
        "code": dossier.code,
        "procedure": dict(procedure.get("name", {})),
        "status": dossier.status,
        "meaning": MEANING[dossier.status],
        "due_at": dossier.committed_due_at and dossier.committed_due_at.isoformat(),
        "return_channel": dossier.return_channel,
    }


def _mark(kind: str, text: str) -> bytes:
    return hashlib.sha256(f"{kind}\0{text}".encode()).digest()
