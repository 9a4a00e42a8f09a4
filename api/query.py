"""Query parameters by their schemas: texts, whole numbers, lists by comma."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any, Final

from flask import Request

from engine.errors import Fault, InvalidInput

CURSOR: Final = {"type": "string", "minLength": 1, "maxLength": 100}


def whole(request: Request, name: str, schema: Mapping[str, Any], default: int) -> int:
    """A whole number inside its schema's bounds."""
    text = request.args.get(name)
    if text is None:
        return default
    low, high = int(schema["minimum"]), int(schema["maximum"])
    if not (text.isascii() and text.isdigit() and len(text) <= 18) or not low <= int(text) <= high:
        raise _wrong(name, f"Send a whole number from {low} to {high}.")
    return int(text)


def words(request: Request, name: str, schema: Mapping[str, Any]) -> tuple[str, ...]:
    """A list written with commas; the parameter may also come several times."""
    texts = request.args.getlist(name)
    if any(len(text) > int(schema["maxLength"]) for text in texts):
        raise _wrong(name, f"Send at most {schema['maxLength']} characters.")
    found = [word.strip() for text in texts for word in text.split(",")]
    return tuple(dict.fromkeys(word for word in found if word))


def cursor_of(position: int) -> str:
    """An opaque cursor; clients of the contract want padded base64."""
    return base64.b64encode(f"feed:{position}".encode()).decode()


def position_of(text: str, name: str) -> int:
    """The position a cursor of ours stands for."""
    try:
        head, _, digits = base64.b64decode(text, validate=True).decode("ascii").partition(":")
        if head != "feed" or not digits.isdigit() or len(digits) > 18:
            raise ValueError("not of the feed")
        return int(digits)
    except (binascii.Error, ValueError):
        raise InvalidInput(
            "The cursor does not belong to the feed: take endCursor of a page, or leave it out.",
            [Fault(pointer=name, code="cursor-invalid", sentence="This is no cursor of ours.")],
            code="cursor-invalid",
        ) from None


def _wrong(name: str, sentence: str) -> InvalidInput:
    fault = Fault(pointer=name, code="type", sentence=sentence)
    return InvalidInput("A query parameter is not acceptable.", [fault])
