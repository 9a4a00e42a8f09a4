"""Names of several words or with symbols, found in a row of tokens by what is in scope.

Of several names in scope that fit, the longest wins, as the standard asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from engine.feel.errors import FeelError
from engine.feel.syntax.tokens import Token, tokenize

_STATEMENTS = ("if", "then", "else", "for", "in", "return", "some", "every", "satisfies")
_OPERATORS = ("and", "or", "between", "instance", "of")
KEYWORDS = frozenset((*_STATEMENTS, *_OPERATORS, "function", "external", "true", "false", "null"))
NAME_SIGNS = frozenset({"+", "-", "*", "/", "'", ".", "**"})


class NameSet:
    """Names of one scope, looked up by their first token."""

    __slots__ = ("_by_first",)

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Add a name; one that cannot be cut into tokens can only be reached as a key."""
        parts = tuple(token.text for token in _tokens_of(name))
        if parts:
            entries = self._by_first.setdefault(parts[0], [])
            if (parts, name) not in entries:
                entries.append((parts, name))
                entries.sort(key=lambda entry: -len(entry[0]))

    def match(self, tokens: Sequence[Token], index: int) -> tuple[str, int] | None:
        """Longest name that starts at a token: its spelling and number of tokens."""
        for parts, name in self._by_first.get(tokens[index].text, ()):
            if len(parts) == 1 or parts == tuple(
                token.text for token in tokens[index : index + len(parts)]
            ):
                return name, len(parts)
        return None

    def __bool__(self) -> bool:
        return bool(self._by_first)


@lru_cache(maxsize=512)
def shared_name_set(names: frozenset[str]) -> NameSet:
    """The set for names of a host; shared, so never added to."""
    return NameSet(names)


def _tokens_of(name: str) -> list[Token]:
    try:
        return tokenize(name)[:-1]
    except FeelError:
        return []


def longest_match(
    scopes: Iterable[NameSet], tokens: Sequence[Token], index: int
) -> tuple[str, int] | None:
    """Longest match over several scopes."""
    best: tuple[str, int] | None = None
    for scope in scopes:
        found = scope.match(tokens, index)
        if found is not None and (best is None or found[1] > best[1]):
            best = found
    return best
