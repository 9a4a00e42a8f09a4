"""What goes out: JSON by orjson with exact decimals, and nothing a cache may keep."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import orjson
from flask import Response

JSON = "application/json"


def dump(value: Any) -> bytes:
    """JSON text in UTF-8."""
    try:
        return orjson.dumps(value, _default)
    except orjson.JSONEncodeError as error:
        if "64-bit" not in str(error):
            raise
        return _long(value).encode()


def answer(
    value: Any,
    status: int = 200,
    *,
    etag: object = None,
    media: str = JSON,
    replayed: bool = False,
) -> Response:
    """A response with a JSON body; ``replayed`` when an earlier call did it."""
    response = Response(dump(value), status=status, content_type=media)
    if replayed:
        response.headers["Idempotency-Replayed"] = "true"
    if etag is not None:
        response.set_etag(str(etag))
    return response


def done(*, replayed: bool = False) -> Response:
    """204: it happened, and there is nothing to say."""
    response = Response(status=204)
    response.headers.pop("Content-Type", None)
    if replayed:
        response.headers["Idempotency-Replayed"] = "true"
    return response


def raw_json(text: str) -> orjson.Fragment:
    """JSON text that goes out as it is."""
    return orjson.Fragment(text)


def _default(value: Any) -> Any:
    if isinstance(value, Decimal):
        return orjson.Fragment(format(value, "f").encode())
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} is no JSON value")


def _long(value: Any) -> str:
    """The slow road for integers beyond 64 bits."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{dump(str(k)).decode()}:{_long(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_long, value)) + "]"
    return dump(value).decode()
