"""String literals: escapes resolved, surrogate pairs joined."""

from __future__ import annotations

import re

_ESCAPE = re.compile(
    r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"
    r"|\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{6})|\\(.)",
    re.DOTALL,
)
_SIMPLE = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}


def _resolve(match: re.Match[str]) -> str:
    high, low, short, long, single = match.groups()
    if high is not None:
        return chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00)
    code = short or long
    if code is not None:
        number = int(code, 16)
        # A lone surrogate or a number beyond Unicode is no character.
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
    # An unknown escape stays as it is, so that "\d" works in a regular expression.
    return _SIMPLE.get(single, match[0])


def string_value(literal: str) -> str:
    """Value of a literal given with its quotes."""
    body = literal[1:-1]
    return _ESCAPE.sub(_resolve, body) if "\\" in body else body
