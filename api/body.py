"""Reading a JSON body: numbers stay exact, text becomes NFC, and size and depth have limits.

Refuses what no database or later reader could keep: NaN, numbers without end,
NUL characters, halves of surrogate pairs, names that are equal after NFC.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

from flask import Request

from engine.errors import Fault, InvalidInput, Rejected

MAX_DEPTH = 64
MAX_EXPONENT = 400
JSON_TYPES = ("application/json", "application/vnd.camunda.api.keys.string+json")


class WrongContentType(Rejected):
    """The body is of a type this route does not read."""

    code = "wrong-content-type"


def read_json(request: Request, *, optional: bool) -> Any:
    """The body's value; an absent body is an empty object where the route allows it."""
    data = request.get_data(cache=True)
    if not data and optional:
        return {}
    if request.mimetype not in JSON_TYPES:
        raise WrongContentType(f"Send {JSON_TYPES[0]}.")
    if request.mimetype_params.get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
        raise WrongContentType("Send JSON in UTF-8.")
    value = parse(data)
    return {} if value is None and optional else value


def digest(request: Request, *parts: bytes) -> str:
    """What an Idempotency-Key stands for: method, path, query and body (or its parts)."""
    target = f"{request.method} {request.path}?{request.query_string.decode('latin-1')}"
    whole = hashlib.sha256(target.encode())
    for part in parts or (request.get_data(cache=True),):
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


def parse(data: bytes) -> Any:
    """The value of a JSON text; ``InvalidInput`` says what is wrong with it."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise _refused("json-encoding", "The body is not UTF-8.") from None
    try:
        value = json.loads(text, parse_float=_decimal, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise _refused("json-syntax", f"The body is not JSON: {where}.") from None
    except RecursionError:
        raise _too_deep() from None
    except ValueError as error:
        sentence = str(error) if isinstance(error, _BadNumber) else "A number is too long."
        raise _refused("json-number", sentence) from None
    # Escapes can smuggle in what the plain text of a body cannot hold.
    strange = "\\u" in text or not unicodedata.is_normalized("NFC", text)
    return _checked(value, 0, strange)


class _BadNumber(ValueError):
    """A number we cannot keep."""


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise _BadNumber("A number has an exponent beyond all limits.") from None
    if number and abs(number.adjusted()) > MAX_EXPONENT:
        raise _BadNumber(f"A number has an exponent beyond {MAX_EXPONENT}.")
    if -int(number.as_tuple().exponent) > MAX_EXPONENT:
        raise _BadNumber(f"A number has more than {MAX_EXPONENT} decimal places.")
    return number


def _no_constant(text: str) -> Any:
    raise _BadNumber(f"{text} is not a number of JSON.")


def _checked(value: Any, depth: int, strange: bool) -> Any:
    if isinstance(value, dict):
        if depth >= MAX_DEPTH:
            raise _too_deep()
        if not strange:
            for item in value.values():
                _checked(item, depth + 1, strange)
            return value
        clean = {_text(name): _checked(item, depth + 1, strange) for name, item in value.items()}
        if len(clean) != len(value):
            raise _refused("json-names", "Two names of an object are the same text.")
        return clean
    if isinstance(value, list):
        if depth >= MAX_DEPTH:
            raise _too_deep()
        return [_checked(item, depth + 1, strange) for item in value]
    return _text(value) if strange and isinstance(value, str) else value


def _text(text: str) -> str:
    if "\0" in text:
        raise _refused("json-text", "A text holds the character NUL.")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise _refused("json-text", "A text holds half of a surrogate pair.") from None
    return unicodedata.normalize("NFC", text)


def _too_deep() -> InvalidInput:
    return _refused("json-depth", f"The body is nested deeper than {MAX_DEPTH} levels.")


def _refused(code: str, sentence: str) -> InvalidInput:
    fault = Fault(pointer="", code=code, sentence=sentence)
    return InvalidInput("The body cannot be read.", [fault])
