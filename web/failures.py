"""Error pages: what happened, what to do next, and a reference when it is our fault."""

from __future__ import annotations

import logging
import secrets

from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException

from engine.errors import (
    Conflict,
    Forbidden,
    InvalidInput,
    NotAuthenticated,
    NotFound,
    NotSupported,
    Rejected,
    TimedOut,
    TooLarge,
    Unavailable,
)
from web.headers import protect
from web.render import page
from web.visitor import current, stranger

STATUSES: tuple[tuple[type[Rejected], int], ...] = (
    (NotAuthenticated, 401),
    (Forbidden, 403),
    (NotFound, 404),
    (Conflict, 409),
    (TooLarge, 413),
    (NotSupported, 501),
    (Unavailable, 503),
    (TimedOut, 504),
    (InvalidInput, 400),
    (Rejected, 400),
)
MACHINE_PATHS = ("/v2", "/api", "/static")
_log = logging.getLogger(__name__)


def install(app: Flask) -> None:
    """Answer addresses that do not exist with a page, unless they belong to an API."""
    app.before_request(_unknown_address)


def _unknown_address() -> Response | None:
    error = request.routing_exception
    if error is None or _is_redirect(error) or for_machines(request.path):
        return None
    g.visitor = stranger(request)
    return protect(http_page(error), nonce=current().nonce, https=request.is_secure)


def for_machines(path: str) -> bool:
    """Whether a path belongs to an API, whose errors are problem documents."""
    return any(path == prefix or path.startswith(f"{prefix}/") for prefix in MACHINE_PATHS)


def http_page(error: HTTPException) -> Response:
    """The page of an HTTP error."""
    return error_page(error.code or 500)


def rejected_page(error: Rejected) -> Response:
    """The page of a command or view that was refused."""
    status = next(status for kind, status in STATUSES if isinstance(error, kind))
    return error_page(status)


def bug_page(error: Exception) -> Response:
    """Our own fault: the log gets the error, the visitor a reference to quote."""
    reference = secrets.token_hex(4)
    # The message of an unforeseen error may quote a value of a person: only its place is logged.
    frames, trace = [], error.__traceback__
    while trace is not None:
        frames.append(f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}")
        trace = trace.tb_next
    _log.error("page failed, reference %s: %s at %s", reference, type(error).__name__, frames[-6:])
    return error_page(500, reference=reference)


def form_page() -> Response:
    """A post that no page of this visitor can have sent, or one that is too old."""
    return page("error.html", 400, name="form", reference="")


def error_page(status: int, reference: str = "") -> Response:
    """A page for ``status``; one we have no words for is told like the general case."""
    name = str(status) if f"error.{status}.title" in current().words else "other"
    return page("error.html", status, name=name, reference=reference)


def _is_redirect(error: HTTPException) -> bool:
    return error.code is not None and 300 <= error.code < 400
