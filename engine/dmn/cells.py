"""Cuts the text of a cell into its single tests, without judging them."""

from __future__ import annotations

_OPENING = {"(": ")", "{": "}", "[": "]"}
_RANGE_STARTS = frozenset("([]")
_RANGE_ENDS = frozenset(")[]")


def split_tests(text: str) -> list[str]:
    """The tests between top-level commas; a range may open with ``]`` and close with ``[``."""
    items: list[str] = []
    start = position = 0
    while position < len(text):
        if text[position] == ",":
            items.append(text[start:position].strip())
            start = position = position + 1
        elif not text[start:position].strip() and text[position] in _RANGE_STARTS:
            position = _past(text, position + 1, _RANGE_ENDS)
        else:
            position = _step(text, position)
    items.append(text[start:].strip())
    return items


def _step(text: str, position: int) -> int:
    character = text[position]
    if character == '"':
        return _past_string(text, position + 1)
    if character in _OPENING:
        return _past(text, position + 1, frozenset(_OPENING[character]))
    return position + 1


def _past(text: str, position: int, ends: frozenset[str]) -> int:
    # Written as a loop over a stack: a hostile cell may nest as deep as it is long.
    stack = [ends]
    while position < len(text) and stack:
        character = text[position]
        if character in stack[-1]:
            stack.pop()
        elif character == '"':
            position = _past_string(text, position + 1)
            continue
        elif character in _OPENING:
            stack.append(frozenset(_OPENING[character]))
        position += 1
    return position


def _past_string(text: str, position: int) -> int:
    while position < len(text) and text[position] != '"':
        position += 2 if text[position] == "\\" else 1
    return position + 1
