"""Values as JSON text: what a variable is from the moment it enters a scope.

Numbers keep every digit (``Decimal`` in, number text out), text is NFC, FEEL
dates and durations become ISO strings. NaN, infinities, functions and keys
that are no text are refused with the path of the offending part.
"""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

import orjson

from engine.errors import InvalidInput
from engine.feel import to_json

_SMALL = 1 << 53
_DECODE = json.JSONDecoder(parse_float=Decimal, parse_int=Decimal).decode


def dumps(value: object) -> str:
    """JSON text of a FEEL or Python value; ``InvalidInput`` when it has none."""
    return orjson.dumps(_plain(value, ""), default=_number).decode()


def loads(text: str) -> object:
    """The FEEL value a JSON text stands for: numbers are ``Decimal``."""
    value: object = _DECODE(text)
    return value


def nfc(text: str) -> str:
    """Text in the one form in which equal words are equal."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _plain(value: object, path: str) -> object:
    kind = type(value)
    if value is None or kind is bool:
        return value
    if kind is str:
        return nfc(value)  # type: ignore[arg-type]  # exactly str, by the line above
    if isinstance(value, int):
        return value if -_SMALL < value < _SMALL else Decimal(value)
    if isinstance(value, Decimal | float):
        if not math.isfinite(value):
            raise _refused(path, "is not a finite number")
        return value
    if isinstance(value, Mapping):
        return {_key(name, path): _plain(item, f"{path}/{name}") for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, f"{path}/{index}") for index, item in enumerate(value)]
    return _other(value, path)


def _other(value: object, path: str) -> object:
    try:
        plain = to_json(value)
    except (TypeError, ValueError):
        raise _refused(path, f"is a {type(value).__name__}, which no variable can hold") from None
    if type(plain) is type(value) and plain is value:
        raise _refused(path, f"is a {type(value).__name__}, which no variable can hold")
    return _plain(plain, path)


def _key(name: object, path: str) -> str:
    if not isinstance(name, str):
        raise _refused(path, "has a key that is no text")
    return nfc(name)


def _number(value: object) -> object:
    if isinstance(value, Decimal):
        text = format(value, "f") if -40 < value.adjusted() < 40 else str(value)
        return orjson.Fragment(text.encode())
    raise TypeError(type(value).__name__)


def _refused(path: str, reason: str) -> InvalidInput:
    return InvalidInput(f"variable value at {path or '/'} {reason}", code="value-not-json")
