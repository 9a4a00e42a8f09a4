"""What the OpenAPI document says of one operation."""

from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from api.errors import PROBLEM
from api.schemas.answers import Problem
from api.schemas.fields import KEY_PATTERN

if TYPE_CHECKING:
    from api.door import Operation

_PART = re.compile(r"<(?:[a-z]+:)?([a-z_]+)>")
_WORDS = {
    400: "The request breaks the contract; errors says where and why.",
    401: "Nobody is logged in.",
    403: "The caller's roles do not allow it.",
    404: "There is none, or the caller may not know of it.",
    409: "The subject's state does not allow it.",
    412: "If-Match names another revision than the current one.",
    413: "The body is larger than this installation allows.",
    415: "The body is of another content type.",
    500: "A fault of the server.",
    501: "Known and not supported.",
    503: "The server cannot answer now; the call may be repeated.",
    504: "The time given is over; the work goes on.",
}


def document(operation: Operation, view: Callable[..., Any]) -> dict[str, Any]:
    """Keyword arguments for the operation object."""
    summary, _, description = (view.__doc__ or "").strip().partition("\n\n")
    statuses = {*operation.fails, 500, 503}
    if operation.permission != "public":
        statuses |= {401, 403}
    if operation.body or operation.multipart or operation.query or "<" in operation.rule:
        statuses.add(400)
    if operation.body or operation.multipart or operation.binary:
        statuses |= {400, 413, 415}
    if operation.if_match:
        statuses.add(412)
    if _repeatable(operation):
        statuses |= {400, 409}
    found: dict[str, Any] = {
        "operationId": camel(view.__name__),
        "summary": summary.rstrip("."),
        "x-motcua-permission": operation.permission,
        "responses": {
            **{str(code): _answer(code, kind) for code, kind in operation.answers.items()},
            **{str(code): _problem(code) for code in sorted(statuses - set(operation.answers))},
        },
        "parameters": _parameters(operation),
        "security": [] if operation.permission == "public" else [{"basic": []}, {"bearer": []}],
    }
    if description:
        found["description"] = " ".join(description.split())
    if operation.extension:
        found["x-motcua"] = True
    if operation.sends:
        found["x-motcua-command"] = operation.sends.__name__
    if operation.body:
        content = {"application/json": {"schema": operation.body}}
        found["requestBody"] = {"required": not operation.optional, "content": content}
    elif operation.binary:
        bytes_ = {"schema": {"type": "string", "format": "binary"}}
        found["requestBody"] = {"required": True, "content": {operation.binary: bytes_}}
    elif operation.multipart:
        content = {"multipart/form-data": {"schema": operation.multipart}}  # type: ignore[dict-item] # a plain schema
        found["requestBody"] = {"required": True, "content": content}
    return found


def _answer(code: int, kind: Any) -> dict[str, Any]:
    described: dict[str, Any] = {"description": HTTPStatus(code).phrase}
    if isinstance(kind, str):
        described["content"] = {kind: {"schema": {"type": "string"}}}
    elif kind is not None:
        described["content"] = {"application/json": {"schema": kind}}
    return described


def _problem(code: int) -> dict[str, Any]:
    return {"description": _WORDS[code], "content": {PROBLEM: {"schema": Problem}}}


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    found = [_path_part(name) for name in _PART.findall(operation.rule)]
    found += [
        {"in": "query", "name": name, "required": False, "schema": dict(schema)}
        for name, schema in operation.query.items()
    ]
    if operation.if_match:
        found.append(_header("If-Match", "The ETag of a GET: the write fails with 412 if stale."))
    if _repeatable(operation):
        text = "Repeating the call with the same key and body does it once (48 hours)."
        found.append(
            _header("Idempotency-Key", text, pattern="^[!-~]{1,255}$") | {"x-motcua": True}
        )
    return found


def _repeatable(operation: Operation) -> bool:
    return operation.method == "POST" and operation.sends is not None


def _path_part(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string", "minLength": 1}
    if name.endswith("_key"):
        schema = {"type": "string", "pattern": KEY_PATTERN}
    return {"in": "path", "name": name, "required": True, "schema": schema}


def _header(name: str, text: str, **schema: Any) -> dict[str, Any]:
    return {
        "in": "header",
        "name": name,
        "required": False,
        "schema": {"type": "string", **schema},
        "description": text,
    }


def camel(name: str) -> str:
    """``task_key`` as ``taskKey``."""
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)
