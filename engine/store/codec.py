"""JSON text with sorted keys and exact decimals: what is stored and what is hashed.

Refuses values JSON does not have (NaN, functions, sets).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal

import orjson


def _default(value: object) -> object:
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError("a number must be finite")
        return orjson.Fragment(format(value, "f").encode())
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} is not a JSON value")


def _long(value: object) -> str:
    """The slow road, for integers beyond 64 bits: piece by piece."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{dumps(k)}:{_long(value[k])}" for k in sorted(value)) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_long, value)) + "]"
    return dumps(value)


def dumps(value: object) -> str:
    """Canonical text: sorted keys, no spaces, UTF-8, decimals as written."""
    try:
        return orjson.dumps(value, _default, option=orjson.OPT_SORT_KEYS).decode()
    except orjson.JSONEncodeError as error:
        if "64-bit" not in str(error):
            raise
        return _long(value)


def loads(text: str) -> object:
    """The value; numbers with a fraction or exponent are decimals."""
    return json.loads(text, parse_float=Decimal)
