"""Names in scope and type expressions."""

from __future__ import annotations

from engine.feel.syntax.cursor import Cursor, spelling
from engine.feel.syntax.names import KEYWORDS, NameSet, longest_match
from engine.feel.syntax.nodes import Name, TypeNode
from engine.feel.syntax.reserved import FUNCTION_NAMES
from engine.feel.syntax.tokens import NAME, SIGN, Token
from engine.feel.types import SIMPLE_TYPES

_FUNCTIONS = NameSet(FUNCTION_NAMES)
_TYPES = NameSet(SIMPLE_TYPES)


class AtomParser(Cursor):
    """Reads names and types."""

    def variable(self) -> Name | None:
        """A name in scope, a function's name, or unknown words that stand side by side."""
        token = self.token
        if token.kind != NAME:
            return None
        found = self._known_name()
        if found is None:
            if token.text in KEYWORDS:
                return None
            return Name(token.start, *self._joined_words())
        name, length = found
        if length == 1 and token.text in KEYWORDS:
            return None
        self.index += length
        return Name(token.start, self.last_end, name)

    def _known_name(self) -> tuple[str, int] | None:
        found = longest_match(self.scopes, self.tokens, self.index)
        function = _FUNCTIONS.match(self.tokens, self.index)
        if function is None:
            return found
        called = self.tokens[self.index + function[1]].text == "("
        if found is None:
            # Words such as "and" belong to a function's name only where it is called.
            words = self.tokens[self.index : self.index + function[1]]
            plain = not any(word.text in KEYWORDS for word in words)
            return function if called or plain else None
        return function if called and function[1] > found[1] else found

    def _joined_words(self) -> tuple[int, str]:
        first = self.index
        while self._is_plain_word(self.token):
            self.index += 1
        if self.index == first:
            raise self.error("a name that is no keyword")
        return self.last_end, spelling(self.tokens[first : self.index])

    @staticmethod
    def _is_plain_word(token: Token) -> bool:
        return token.kind == NAME and token.text not in KEYWORDS

    def member(self) -> str:
        """A name behind a dot."""
        token = self.token
        if token.kind != NAME:
            raise self.error("a name after '.'")
        found = longest_match(self.members, self.tokens, self.index)
        if found is not None:
            self.index += found[1]
            return found[0]
        if token.text in KEYWORDS:
            self.index += 1
            return token.text
        return self._joined_words()[1]

    def type_expression(self) -> TypeNode:
        """``number``, ``list<string>``, ``context<a: date>``, ``function<number> -> string``."""
        with self.nested():
            token = self.token
            if token.kind != NAME:
                raise self.error("the name of a type")
            if token.text == "function":
                return self._function_type()
            if self.tokens[self.index + 1].text == "<" and token.text in ("list", "range"):
                self.index += 2
                part = self.type_expression()
                self._close_type()
                return TypeNode(token.start, self.last_end, token.text, (part,))
            if self.tokens[self.index + 1].text == "<" and token.text == "context":
                return self._context_type()
            return self._named_type()

    def _named_type(self) -> TypeNode:
        token = self.token
        found = _TYPES.match(self.tokens, self.index)
        if found is not None:
            self.index += found[1]
            return TypeNode(token.start, self.last_end, found[0])
        if token.text in KEYWORDS:
            raise self.error("the name of a type")
        end, name = self._joined_words()
        while self.at_sign(".") and self.tokens[self.index + 1].kind == NAME:
            self.index += 1
            end, more = self._joined_words()
            name = f"{name}.{more}"
        return TypeNode(token.start, end, name)

    def _context_type(self) -> TypeNode:
        start = self.token.start
        self.index += 2
        names: list[str] = []
        parts: list[TypeNode] = []
        while not self.at_sign(">"):
            names.append(self.declared_name((":",), "of an entry of the context type"))
            self.expect_sign(":", "after the entry's name")
            parts.append(self.type_expression())
            if not self.take_sign(","):
                break
        self._close_type()
        return TypeNode(start, self.last_end, "context", tuple(parts), tuple(names))

    def _function_type(self) -> TypeNode:
        start = self.advance().start
        if not self.take_sign("<"):
            return TypeNode(start, self.last_end, "function")
        parts: list[TypeNode] = []
        while not self.at_sign(">"):
            parts.append(self.type_expression())
            if not self.take_sign(","):
                break
        self._close_type()
        self.expect_sign("->", "and the result type after the parameter types of the function")
        result = self.type_expression()
        return TypeNode(start, self.last_end, "function", tuple(parts), (), result)

    def _close_type(self) -> None:
        token = self.token
        if token.kind == SIGN and token.text == ">=":
            # "list<number>= x" is cut as ">=": give the second half back.
            self.tokens[self.index] = Token(SIGN, "=", token.start + 1, token.end)
            return
        self.expect_sign(">", "to close the type's parameters")
