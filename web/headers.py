"""Security headers of every page: nothing from elsewhere, no frame, no inline script or style."""

from __future__ import annotations

from flask import Response

_POLICY = (
    "default-src 'none'",
    "script-src 'nonce-{nonce}'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types htmx",
)
_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_HSTS = "max-age=31536000; includeSubDomains"


def protect(response: Response, *, nonce: str, https: bool) -> Response:
    """Put the headers on a page; pages are never kept by a cache, they may name a person."""
    response.headers["Content-Security-Policy"] = "; ".join(_POLICY).format(nonce=nonce)
    response.headers.update(_FIXED)
    response.headers.setdefault("Cache-Control", "no-store")
    if https:
        response.headers["Strict-Transport-Security"] = _HSTS
    return response
