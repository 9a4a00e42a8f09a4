"""Names and attributes of our cookies.

Over https the names carry ``__Host-``: one host, whole path, Secure. Plain
http is for this machine alone (loopback); elsewhere nobody can sign in over it.
"""

from __future__ import annotations

import ipaddress

from flask import Request, Response

SESSION = "motcua_session"
VISITOR = "motcua_visitor"
LANGUAGE = "motcua_language"
_YEAR = 365 * 24 * 3600


def may_sign_in(request: Request) -> bool:
    """Whether a password may travel on this connection: https, or http to this machine."""
    return request.is_secure or is_loopback(request.host)


def is_loopback(host: str) -> bool:
    """Whether ``host`` (with or without a port) names this machine."""
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False


def read(request: Request, name: str) -> str:
    """The cookie's value, or an empty text."""
    return request.cookies.get(_full_name(request, name), "")


def put(request: Request, response: Response, name: str, value: str) -> None:
    """Set a cookie that lives as long as the browser and that no script can read."""
    response.set_cookie(
        _full_name(request, name),
        value,
        path="/",
        secure=_secure(request),
        httponly=True,
        samesite="Lax",
        max_age=_YEAR if name == LANGUAGE else None,
    )


def drop(request: Request, response: Response, name: str) -> None:
    """Make the browser forget a cookie."""
    response.delete_cookie(
        _full_name(request, name), path="/", secure=_secure(request), httponly=True, samesite="Lax"
    )


def _secure(request: Request) -> bool:
    return request.is_secure or not is_loopback(request.host)


def _full_name(request: Request, name: str) -> str:
    return f"__Host-{name}" if _secure(request) else name
