"""FEEL text cut into tokens.

Names are cut at spaces and symbols here; which neighbours belong together is
decided by the parser, because it depends on the names in scope.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from engine.feel.errors import FeelLimitError, FeelSyntaxError
from engine.feel.syntax import sentences

TEXT_LIMIT = 200_000

NAME, NUMBER, STRING, SIGN, END = "name", "number", "string", "sign", "end"

_START = (
    r"?A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u167f\u1681-\u180d"
    r"\u180f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf"
    r"\ufdf0-\ufefe\uff00-\ufffd\U00010000-\U000effff"
)
_PART = _START + r"0-9\u00b7\u0300-\u036f\u203f-\u2040"
_SPACE = r" \t\n\r\f\v\x85\xa0\u1680\u180e\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"

_TOKEN = re.compile(
    rf"""(?P<skip>[{_SPACE}]+|//[^\n]*|/\*.*?\*/)
    |(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)
    |(?P<string>"[^"\\]*(?:\\.[^"\\]*)*")
    |(?P<name>[{_START}][{_PART}]*)
    |(?P<sign>\*\*|\.\.|<=|>=|!=|->|/(?!\*)|[-+*()\[\]{{}},:.<>=@'])""",
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_NAME_WHOLE = re.compile(rf"[{_START}][{_PART}]*")


class Token(NamedTuple):
    """A piece of the text with its place."""

    kind: str
    text: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """Tokens of a text, the last one of kind ``end``."""
    if len(text) > TEXT_LIMIT:
        raise FeelLimitError(f"An expression may have at most {TEXT_LIMIT} characters.")
    tokens: list[Token] = []
    match_at = _TOKEN.match
    position = 0
    while position < len(text):
        match = match_at(text, position)
        if match is None:
            raise FeelSyntaxError(sentences.character(text, position), text, position)
        end = match.end()
        kind = match.lastgroup
        if kind != "skip":
            tokens.append(Token(kind or SIGN, match[0], position, end))
        position = end
    tokens.append(Token(END, "", len(text), len(text)))
    return tokens


def is_simple_name(text: str) -> bool:
    """True for a name that is one token, so that scope cannot change how it is read."""
    return _NAME_WHOLE.fullmatch(text) is not None
