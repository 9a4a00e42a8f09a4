"""Who calls: Basic or Bearer. Browser sessions do not count here, so nothing can be forged."""

from __future__ import annotations

import base64
import binascii

from flask import Request

from engine.domain.actors import Actor
from engine.errors import NotAuthenticated
from engine.ports.engine import Engine

MAX_HEADER = 4096


def authenticate(request: Request, engine: Engine) -> Actor:
    """The calling actor; ``NotAuthenticated`` says what to send."""
    header = request.headers.get("Authorization", "")
    scheme, _, credentials = header.partition(" ")
    if not header or len(header) > MAX_HEADER:
        raise NotAuthenticated("Send an Authorization header, Basic or Bearer.")
    if scheme.lower() == "bearer" and credentials.strip():
        return engine.authenticate_token(credentials.strip())
    if scheme.lower() == "basic":
        name, password = _pair(credentials)
        return engine.authenticate_basic(name, password)
    raise NotAuthenticated("Send an Authorization header, Basic or Bearer.")


def _pair(credentials: str) -> tuple[str, str]:
    try:
        text = base64.b64decode(credentials.strip(), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise NotAuthenticated("The Basic credentials cannot be read.") from None
    name, colon, password = text.partition(":")
    if not colon or "\0" in text:
        raise NotAuthenticated("The Basic credentials cannot be read.")
    return name, password
