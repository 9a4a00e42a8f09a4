"""Is ``[`` behind an operand the end of an open range or the start of a filter?

``[1..10[`` and ``[1..list[1]]`` look alike up to there. It is a filter exactly
when something follows that can begin an expression.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.feel.syntax.names import KEYWORDS
from engine.feel.syntax.tokens import NAME, NUMBER, STRING, Token

_STARTERS = frozenset(["if", "for", "some", "every", "function", "true", "false", "null"])


def closes_range(tokens: Sequence[Token], index: int) -> bool:
    """True when the bracket at ``index`` ends a range."""
    after = tokens[index + 1]
    if after.kind in (NUMBER, STRING):
        return False
    if after.kind == NAME:
        return after.text in KEYWORDS - _STARTERS
    return after.text not in ("(", "[", "{", "@", "-")
