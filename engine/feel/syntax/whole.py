"""Texts parsed from beginning to end: expressions, unary tests, types."""

from __future__ import annotations

from engine.feel.errors import FeelLimitError, FeelSyntaxError
from engine.feel.syntax import sentences
from engine.feel.syntax.names import shared_name_set
from engine.feel.syntax.nodes import Node, Tests, TypeNode, height_exceeds
from engine.feel.syntax.parser import Parser
from engine.feel.syntax.tokens import END

HEIGHT_LIMIT = 150


class TextParser(Parser):
    """Reads a whole text."""

    def whole_expression(self) -> Node:
        """An expression that fills the text."""
        if self.token.kind == END:
            raise FeelSyntaxError(sentences.EMPTY_EXPRESSION, self.text, 0)
        return self._finished(self.expression())

    def whole_tests(self) -> Tests:
        """Unary tests that fill the text."""
        if self.token.kind == END:
            raise FeelSyntaxError(sentences.EMPTY_CELL, self.text, 0)
        if self.at_sign("-") and self.tokens[1].kind == END:
            return Tests(0, len(self.text), False, ())
        negated = self._negated_tests()
        if negated is not None:
            return negated
        node = Tests(0, len(self.text), False, self._test_list())
        self._finished(node)
        return node

    def _test_list(self) -> tuple[Node, ...]:
        tests = [self.test()]
        while self.take_sign(","):
            tests.append(self.test())
        return tuple(tests)

    def _negated_tests(self) -> Tests | None:
        """``not(...)`` around all tests; None when it is the function in an expression."""
        if not (self.at_word("not") and self.tokens[1].text == "("):
            return None
        self.index = 2
        try:
            tests = self._test_list()
            self.expect_sign(")", "to close 'not('")
            node = Tests(0, len(self.text), True, tests)
            self._finished(node)
        except FeelSyntaxError:
            self.index, self.nesting = 0, 0
            del self.scopes[1:]
            return None
        return node

    def _finished(self, node: Node) -> Node:
        if self.token.kind != END:
            raise self.error("an operator or the end of the expression")
        if len(self.tokens) > HEIGHT_LIMIT and height_exceeds(node, HEIGHT_LIMIT):
            raise FeelLimitError(
                f"The expression is built more than {HEIGHT_LIMIT} operations high; split it."
            )
        return node


def _parser(text: str, names: frozenset[str], members: frozenset[str]) -> TextParser:
    known = shared_name_set(names)
    return TextParser(text, (known,), (known, shared_name_set(members)))


def parse_expression(
    text: str, names: frozenset[str] = frozenset(), members: frozenset[str] = frozenset()
) -> Node:
    """Tree of an expression; raises ``FeelSyntaxError``."""
    return _parser(text, names, members).whole_expression()


def parse_unary_tests(
    text: str, names: frozenset[str] = frozenset(), members: frozenset[str] = frozenset()
) -> Tests:
    """Tree of unary tests; raises ``FeelSyntaxError``."""
    return _parser(text, names, members).whole_tests()


def parse_type_expression(text: str) -> TypeNode:
    """Tree of a type; raises ``FeelSyntaxError``."""
    parser = Parser(text, (), ())
    node = parser.type_expression()
    if parser.token.kind != END:
        raise parser.error("the end of the type")
    return node
