"""Headers that make a write conditional: If-Match and Idempotency-Key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import Request

from engine.errors import Fault, InvalidInput, PreconditionFailed
from engine.ports.engine import Idempotency

_KEY = re.compile(r"[\x21-\x7e]{1,255}")


def wanted_revision(request: Request, row: Mapping[str, Any] | None = None) -> int | None:
    """The revision If-Match asks for; None when it was not sent or is ``*``.

    Of several tags the one the ``row`` has now is taken.
    """
    header = request.headers.get("If-Match")
    if header is None or header.strip() == "*":
        return None
    revisions = [_revision(tag) for tag in header.split(",")]
    if row is not None and row.get("revision") in revisions:
        return int(row["revision"])
    return revisions[0]


def _revision(tag: str) -> int:
    digits = tag.strip().removeprefix("W/").strip('"')
    if not digits.isascii() or not digits.isdigit() or len(digits) > 18:
        raise PreconditionFailed("If-Match names no revision of ours: use the ETag of a GET.")
    return int(digits)


def require_readable_key(request: Request) -> None:
    """An Idempotency-Key we could not keep is refused before anything else is looked at."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and not _KEY.fullmatch(key):
        sentence = "1 to 255 visible ASCII characters."
        fault = Fault(pointer="Idempotency-Key", code="header", sentence=sentence)
        raise InvalidInput("The Idempotency-Key is not acceptable.", [fault])


def idempotency(request: Request, body_hash: str) -> Idempotency | None:
    """The caller's Idempotency-Key with the digest of what it was sent with."""
    key = request.headers.get("Idempotency-Key")
    return None if key is None else Idempotency(key=key, body_hash=body_hash)
