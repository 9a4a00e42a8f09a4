"""A place in a row of tokens, with the names in scope there.

Nesting is counted, so that no text can exhaust Python's stack.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise

from engine.feel.errors import FeelLimitError, FeelSyntaxError, Words
from engine.feel.syntax import sentences
from engine.feel.syntax.names import KEYWORDS, NAME_SIGNS, NameSet
from engine.feel.syntax.nodes import Node
from engine.feel.syntax.tokens import END, NAME, NUMBER, SIGN, STRING, Token, tokenize

NESTING_LIMIT = 60


class Cursor:
    """Reads tokens one after the other; the parsers below are built on it."""

    def __init__(self, text: str, scopes: Sequence[NameSet], members: Sequence[NameSet]) -> None:
        self.text = text
        self.tokens = tokenize(text)
        self.index = 0
        self.scopes = list(scopes)
        self.keys = NameSet()
        self.members = (*members, self.keys)
        self.nesting = 0

    @property
    def token(self) -> Token:
        """The token ahead."""
        return self.tokens[self.index]

    @property
    def last_end(self) -> int:
        """Where the token just read ends."""
        return self.tokens[self.index - 1].end if self.index else 0

    def expression(self) -> Node:
        """Read an expression; given by the topmost parser."""
        raise NotImplementedError

    def at_sign(self, *signs: str) -> bool:
        """True when one of the signs is ahead."""
        token = self.token
        return token.kind == SIGN and token.text in signs

    def at_word(self, word: str) -> bool:
        """True when the keyword is ahead."""
        token = self.token
        return token.kind == NAME and token.text == word

    def advance(self) -> Token:
        """Read one token."""
        token = self.token
        if token.kind != END:
            self.index += 1
        return token

    def take_sign(self, sign: str) -> bool:
        """Read the sign if it is ahead."""
        if self.at_sign(sign):
            self.index += 1
            return True
        return False

    def take_word(self, word: str) -> bool:
        """Read the keyword if it is ahead."""
        if self.at_word(word):
            self.index += 1
            return True
        return False

    def expect_sign(self, sign: str, purpose: str) -> Token:
        """Read the sign, or say what it is needed for."""
        if not self.at_sign(sign):
            raise self.error(sentences.sign(sign, purpose))
        return self.advance()

    def expect_word(self, word: str, purpose: str) -> None:
        """Read the keyword, or say what it is needed for."""
        if not self.take_word(word):
            raise self.error(sentences.sign(word, purpose))

    def error(self, expectation: str | Words, token: Token | None = None) -> FeelSyntaxError:
        """A syntax error at a token, saying what stands there instead; texts are not quoted."""
        at = token or self.token
        en, vi = sentences.wanted(expectation) if isinstance(expectation, str) else expectation
        found, gap = f"found {at.text[:40]!r}", f"gặp {at.text[:40]!r}"
        if at.kind == END:
            found, gap = "the text ends", "biểu thức đã hết"
        elif at.kind == STRING:
            found, gap = "found a text", "gặp một chuỗi"
        words = Words(
            f"{en[0].upper()}{en[1:]}, but {found}.", f"{vi[0].upper()}{vi[1:]}, nhưng {gap}."
        )
        return FeelSyntaxError(words, self.text, at.start)

    @contextmanager
    def nested(self) -> Iterator[None]:
        """Count one level of nesting around a block."""
        self.nesting += 1
        if self.nesting > NESTING_LIMIT:
            raise FeelLimitError(
                f"The expression is nested more than {NESTING_LIMIT} levels deep"
                f" at character {self.token.start}; split it into several."
            )
        yield
        self.nesting -= 1

    @contextmanager
    def scope(self, names: Iterable[str] = ()) -> Iterator[NameSet]:
        """Names that are visible inside a block only."""
        inner = NameSet(names)
        self.scopes.append(inner)
        yield inner
        self.scopes.pop()

    def declared_name(
        self, stops: tuple[str, ...], purpose: str, keywords_too: bool = False
    ) -> str:
        """A name being declared: everything up to one of the stops, spaces evened out."""
        if self.token.text in KEYWORDS and not keywords_too:
            raise self.error(sentences.name(purpose, keyword=True))
        if self.token.kind != NAME:
            raise self.error(sentences.name(purpose))
        parts: list[Token] = []
        while self.token.text not in stops and self._may_stand_in_name():
            parts.append(self.advance())
        return spelling(parts)

    def _may_stand_in_name(self) -> bool:
        token = self.token
        return token.kind in (NAME, NUMBER) or (token.kind == SIGN and token.text in NAME_SIGNS)

    def name_before(self, sign: str) -> bool:
        """True when a name followed by the sign is ahead."""
        index = self.index
        tokens = self.tokens
        if tokens[index].kind != NAME:
            return False
        while tokens[index].kind in (NAME, NUMBER) or tokens[index].text in NAME_SIGNS:
            index += 1
        return tokens[index].kind == SIGN and tokens[index].text == sign


def spelling(tokens: Sequence[Token]) -> str:
    """The name several tokens make: one space where the text has any."""
    text = tokens[0].text
    for before, token in pairwise(tokens):
        text += (" " if token.start > before.end else "") + token.text
    return text
