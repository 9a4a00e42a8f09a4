"""Names of variables that stand in the expressions an incident quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable

_QUOTED = re.compile(r"'([^']*)'")
_TEXTS = re.compile(r'"(?:[^"\\]|\\.)*"')
_NAME = re.compile(r"(?<![\w.])[^\W\d]\w*(?!\w|\s*\()")
# Words of FEEL that are no names.
_WORDS = frozenset(
    {"and", "or", "not", "if", "then", "else", "for", "in", "return", "some", "every"}
    | {"satisfies", "between", "instance", "of", "function", "true", "false", "null"}
)


def involved(message: str, visible: Iterable[str]) -> tuple[tuple[str, bool], ...]:
    """(name, is it set?) of the names in the quoted expressions, in their order.

    A name that is set may hold spaces; what is not set is taken word by word.
    """
    known = sorted(visible, key=len, reverse=True)
    found: dict[str, bool] = {}
    for quoted in _QUOTED.findall(message):
        text = _TEXTS.sub(" ", quoted)
        for name in known:
            if re.search(rf"(?<![\w.]){re.escape(name)}(?!\w)", text):
                found[name] = True
                text = re.sub(rf"(?<![\w.]){re.escape(name)}(?!\w)", " ", text)
        # A lone word is the id of an element or flow as often as a variable.
        if re.search(r"[^\w\s.]", text) or " " in quoted.strip():
            found.update(
                {name: False for name in _NAME.findall(text) if name not in _WORDS | found.keys()}
            )
    return tuple(found.items())
