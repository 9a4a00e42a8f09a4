"""What acceptance fixes: code, look-up secret, dates."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import date, datetime

from engine.commands.context import Context
from engine.commands.deadlines import start_clocks
from engine.domain.clock import Term
from engine.domain.clock.law import calendars_of
from engine.domain.dossier import CodePattern, Procedure
from engine.domain.ids import Key

# No letters or digits that are mistaken for another on paper.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
SECRET_LENGTH = 6


def issue_code(context: Context, unit_path: str, day: date) -> str:
    """The next code of the unit's pattern; its counter is locked until the commit."""
    pattern = code_pattern(context, unit_path, day)
    series = pattern.series(unit_path, day)
    return context.uow.dossiers.issue_code(pattern, series, context.actor.tenant_id)


def code_pattern(context: Context, unit_path: str, day: date) -> CodePattern:
    """The pattern of the unit, or of the nearest unit above it."""
    row = None
    for path in (*_upwards(unit_path), "*"):
        row = row or context.law.find("code-pattern", path, day)
    if row is None:
        return CodePattern()
    width = row.body.get("width", 4)
    return CodePattern(
        pattern=row.text("pattern"), width=int(str(width)), prefix=row.text("prefix")
    )


def _upwards(path: str) -> tuple[str, ...]:
    parts = path.strip("/").split("/")
    return tuple("/".join(parts[:n]) + "/" for n in range(len(parts), 0, -1))


def new_secret(context: Context, key: Key) -> str:
    """A look-up secret, stored as a digest only: it is shown once, on the slip."""
    secret = "".join(secrets.choice(_LETTERS) for _ in range(SECRET_LENGTH))
    salt = secrets.token_bytes(16)
    context.uow.dossiers.set_secret(key, salt, secret_digest(salt, secret))
    return secret


def secret_digest(salt: bytes, secret: str) -> bytes:
    """What is compared; people type small letters too."""
    return hmac.new(salt, secret.strip().upper().encode(), hashlib.sha256).digest()


def due_dates(
    context: Context,
    key: Key,
    procedure: Procedure,
    unit_path: str,
    start: datetime,
    wanted: str | None,
) -> tuple[Term | None, datetime | None, datetime | None]:
    """Start the clocks: the term and both dates, by law and as the agency promised."""
    term, promised = procedure.statutory(wanted), procedure.committed()
    if term is None:
        return None, None, None
    day = start.astimezone(context.settings.zone).date()
    clocks = start_clocks(
        context,
        key,
        start=start,
        statutory=str(term),
        committed=str(promised) if promised else None,
        cut_off=procedure.cut_off or context.law.derived(calendars_of).cut_off(unit_path, day),
        unit=unit_path,
    )
    return term, clocks["statutory"].due_at, clocks["committed"].due_at
