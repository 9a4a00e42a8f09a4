"""One table from error class to HTTP status, and the problem documents made of it (RFC 9457)."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Final

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from api.answers import answer
from api.body import WrongContentType
from engine.errors import (
    Conflict,
    DeployRefused,
    Fault,
    Forbidden,
    InvalidInput,
    MigrationRefused,
    MotcuaError,
    NotAuthenticated,
    NotFound,
    NotSupported,
    PreconditionFailed,
    Rejected,
    TimedOut,
    TooLarge,
    Unavailable,
)

log = logging.getLogger("motcua.api")

PROBLEM: Final = "application/problem+json"
TYPE: Final = "urn:motcua:problem:"

STATUSES: Final[Mapping[type[MotcuaError], int]] = MappingProxyType(
    {
        InvalidInput: 400,
        DeployRefused: 400,
        Rejected: 400,
        NotAuthenticated: 401,
        Forbidden: 403,
        NotFound: 404,
        Conflict: 409,
        MigrationRefused: 409,
        PreconditionFailed: 412,
        TooLarge: 413,
        WrongContentType: 415,
        MotcuaError: 500,
        NotSupported: 501,
        Unavailable: 503,
        TimedOut: 504,
    }
)

# The words other servers of this contract use; clients show and some compare them.
_TITLES: Final[Mapping[int, str]] = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    409: "INVALID_STATE",
    500: "INTERNAL_ERROR",
    501: "NOT_IMPLEMENTED",
    503: "RESOURCE_EXHAUSTED",
    504: "DEADLINE_EXCEEDED",
}
_HTTP_CODES: Final[Mapping[int, str]] = {
    404: "no-such-path",
    405: "method-not-allowed",
    413: "too-large",
}


def status_of(error: MotcuaError) -> int:
    """The status of an error: its class's, or of the nearest class above it."""
    return next(STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES)


def install(app: Flask) -> None:
    """Answer every error of the application's APIs with a problem document."""
    app.register_error_handler(Rejected, _rejected)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _bug)


def problem(
    status: int, code: str, detail: str, errors: Sequence[Mapping[str, Any]] = (), **more: Any
) -> Response:
    """A problem document."""
    document: dict[str, Any] = {
        "type": TYPE + code,
        "title": _TITLES.get(status) or HTTPStatus(status).name,
        "status": status,
        "detail": detail,
        "instance": request.path,
        "code": code,
    }
    if errors:
        document["errors"] = list(errors)
    return answer(document | more, status, media=PROBLEM)


def _rejected(error: Rejected) -> Response:
    status = status_of(error)
    response = problem(status, error.reason, error.sentence, _members(error))
    if status == HTTPStatus.UNAUTHORIZED:
        response.headers.add("WWW-Authenticate", 'Basic realm="motcua", charset="UTF-8"')
        response.headers.add("WWW-Authenticate", 'Bearer realm="motcua"')
    elif status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = "1"
    return response


def _members(error: Rejected) -> list[dict[str, Any]]:
    if isinstance(error, DeployRefused):
        return [_finding(finding) for finding in error.findings]
    faults: Sequence[Fault] = getattr(error, "faults", ())
    return [
        {"pointer": fault.pointer, "code": fault.code, "sentence": _sentence(fault)}
        for fault in faults
    ]


def _language() -> str:
    return request.accept_languages.best_match(["en", "vi"], default="en") or "en"


def _sentence(fault: Fault) -> str:
    return fault.sentence_vi if fault.sentence_vi and _language() == "vi" else fault.sentence


def _finding(finding: Any) -> dict[str, Any]:
    language = _language()
    words: Mapping[str, str] = finding.message
    member = {
        "pointer": f"/resources/{finding.resource}",
        "code": finding.rule,
        "sentence": words.get(language) or next(iter(words.values()), finding.rule),
        "line": finding.line,
        "elementId": finding.element_id,
        "severity": finding.severity,
    }
    hint = finding.hint.get(language)
    return member | ({"hint": hint} if hint else {})


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if status < HTTPStatus.BAD_REQUEST:
        return Response(status=status, headers=error.get_headers())
    # The text of a werkzeug error may quote the request: only its name is shown.
    code = _HTTP_CODES.get(status, f"http-{status}")
    response = problem(status, code, f"{HTTPStatus(status).phrase}.")
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _bug(error: Exception) -> Response:
    reference = secrets.token_hex(4)
    frames, trace = [], error.__traceback__
    while trace is not None:
        frames.append(f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}")
        trace = trace.tb_next
    # The message may quote a value of a person: only the kind and the place are logged.
    log.error("reference %s: %s at %s", reference, type(error).__name__, " < ".join(frames[-6:]))
    detail = "This is our fault. Nothing was changed. Give the operator the reference."
    return problem(500, "internal", detail, reference=reference)
