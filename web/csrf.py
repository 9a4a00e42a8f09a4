"""Forged posts are refused by two independent signs: the browser's word and a token.

The token in a form is an HMAC under a secret that only this visitor's session
holds, with a fresh nonce each time, so that a compressed page does not leak it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
_NONCE_BYTES = 16


def token(secret: str) -> str:
    """A token for one page under the visitor's secret."""
    nonce = secrets.token_hex(_NONCE_BYTES)
    return f"{nonce}.{_mac(secret, nonce)}"


def holds(secret: str, presented: str) -> bool:
    """Whether ``presented`` was made under ``secret``; an empty secret holds nothing."""
    nonce, _, mac = presented.partition(".")
    if not secret or len(nonce) != 2 * _NONCE_BYTES:
        return False
    return hmac.compare_digest(_mac(secret, nonce).encode(), mac.encode())


def from_this_site(fetch_site: str | None, origin: str | None, own_origin: str) -> bool:
    """Whether the browser says that this site's own page sent the request.

    Browsers without ``Sec-Fetch-Site`` send ``Origin`` with a POST; a client
    that sends neither is judged by its token alone.
    """
    if fetch_site is not None:
        return fetch_site in {"same-origin", "none"}
    return origin is None or origin == own_origin


def _mac(secret: str, nonce: str) -> str:
    return hmac.new(secret.encode(), nonce.encode(), hashlib.sha256).hexdigest()
