"""Literals, brackets, contexts, functions, and what may follow them: paths, filters, calls."""

from __future__ import annotations

from engine.feel.decimals import parse_decimal
from engine.feel.errors import FeelSyntaxError, NoValue
from engine.feel.syntax import sentences
from engine.feel.syntax.atoms import AtomParser
from engine.feel.syntax.brackets import closes_range
from engine.feel.syntax.nodes import (
    Call,
    ContextNode,
    Filter,
    FunctionNode,
    ListNode,
    Literal,
    NamedCall,
    Node,
    Path,
    RangeNode,
    Test,
    TypeNode,
)
from engine.feel.syntax.strings import string_value
from engine.feel.syntax.tokens import NUMBER, STRING
from engine.feel.values.parse import parse_temporal

COMPARISON_SIGNS = ("<", "<=", ">", ">=", "=", "!=")
_CONSTANTS: dict[str, object] = {"true": True, "false": False, "null": None}


class PrimaryParser(AtomParser):
    """Reads operands."""

    def test(self) -> Node:
        """One positive unary test; given by the topmost parser."""
        raise NotImplementedError

    def statement(self) -> Node | None:
        """``if``, ``for``, ``some``, ``every``; given by the topmost parser."""
        raise NotImplementedError

    def operand(self, in_range: bool = False) -> Node:
        """A primary with all that follows it."""
        return self.followed(self.primary(), in_range)

    def followed(self, node: Node, in_range: bool = False) -> Node:
        """Paths, filters and calls behind a node."""
        while True:
            if self.at_sign("."):
                self.index += 1
                name = self.member()
                node = Path(node.start, self.last_end, node, name)
            elif self.at_sign("[") and not (in_range and closes_range(self.tokens, self.index)):
                node = self._filter(node)
            elif self.at_sign("("):
                node = self._call(node)
            else:
                return node

    def _filter(self, source: Node) -> Node:
        self.advance()
        with self.nested():
            outer = self.scopes
            self.scopes = [*outer, *self.members]
            condition = self.expression()
            self.scopes = outer
        self.expect_sign("]", "to close the filter")
        return Filter(source.start, self.last_end, source, condition)

    def _call(self, function: Node) -> Node:
        self.advance()
        names: list[str] = []
        arguments: list[Node] = []
        named = self.name_before(":")
        with self.nested():
            while not self.at_sign(")"):
                if named:
                    names.append(self.declared_name((":",), "of a parameter"))
                    self.expect_sign(":", "after the parameter's name")
                arguments.append(self.expression())
                if not self.take_sign(","):
                    break
        self.expect_sign(")", "or ',' after an argument")
        if not named:
            return Call(function.start, self.last_end, function, tuple(arguments))
        return NamedCall(function.start, self.last_end, function, tuple(names), tuple(arguments))

    def primary(self) -> Node:
        """A literal, name, bracket or statement."""
        token = self.token
        if token.kind == NUMBER:
            return self._number()
        if token.kind == STRING:
            self.advance()
            return Literal(token.start, token.end, string_value(token.text))
        statement = self.statement() or self.variable()
        if statement is not None:
            return statement
        if token.text in _CONSTANTS:
            self.advance()
            return Literal(token.start, token.end, _CONSTANTS[token.text])
        if self.at_word("function"):
            return self._function()
        return self._bracket()

    def _number(self) -> Node:
        token = self.advance()
        try:
            return Literal(token.start, token.end, parse_decimal(token.text))
        except NoValue:
            raise FeelSyntaxError(sentences.NUMBER_TOO_LARGE, self.text, token.start) from None

    def _bracket(self) -> Node:
        if self.at_sign("("):
            return self._parenthesis()
        if self.at_sign("["):
            return self._list_or_range()
        if self.at_sign("]"):
            start = self.advance().start
            return self._range_end(start, self.expression(), False)
        if self.at_sign("{"):
            return self._context()
        if self.at_sign("@"):
            return self._at_literal()
        raise self.no_value()

    def no_value(self) -> FeelSyntaxError:
        """Nothing that begins an expression is ahead; a hint for habits of other languages."""
        before = self.tokens[self.index - 1].text if self.index else ""
        if self.at_sign("'"):
            hint = sentences.SINGLE_QUOTES
        elif self.at_sign("=") and before == "=":
            hint = sentences.DOUBLE_EQUALS
        else:
            return self.error("a value (a name, number, text, list or function)")
        return FeelSyntaxError(hint, self.text, self.token.start)

    def _at_literal(self) -> Node:
        start = self.advance().start
        token = self.token
        if token.kind != STRING:
            raise self.error("a text in double quotes after '@'")
        self.advance()
        value = parse_temporal(string_value(token.text))
        if value is None:
            raise FeelSyntaxError(sentences.NO_TEMPORAL, self.text, token.start)
        return Literal(start, token.end, value)

    def _parenthesis(self) -> Node:
        start = self.advance().start
        with self.nested():
            if self.at_sign(*COMPARISON_SIGNS):
                sign = self.advance().text
                operand = self.expression()
                node: Node = Test(start, operand.end, sign, operand)
            else:
                node = self.expression()
        if self.at_sign(".."):
            return self._range_end(start, node, False)
        self.expect_sign(")", "to close the parenthesis")
        return node

    def _range_end(self, start: int, low: Node, low_closed: bool) -> Node:
        with self.nested():
            self.expect_sign("..", "between the ends of the range")
            high = self.range_high()
        if not self.at_sign("]", "[", ")"):
            raise self.error("']' or ')' after the end of the range")
        high_closed = self.advance().text == "]"
        return RangeNode(start, self.last_end, low, high, low_closed, high_closed)

    def range_high(self) -> Node:
        """Upper end of a range; given by the topmost parser."""
        raise NotImplementedError

    def _list_or_range(self) -> Node:
        start = self.advance().start
        items: list[Node] = []
        with self.nested():
            while not self.at_sign("]"):
                items.append(self.expression())
                if not self.take_sign(","):
                    break
        if len(items) == 1 and self.at_sign(".."):
            return self._range_end(start, items[0], True)
        self.expect_sign("]", "or ',' after an item of the list")
        return ListNode(start, self.last_end, tuple(items))

    def _context(self) -> Node:
        start = self.advance().start
        names: list[str] = []
        values: list[Node] = []
        with self.nested(), self.scope() as scope:
            while not self.at_sign("}"):
                key_token = self.token
                name = self._key()
                if name in names:
                    raise self.error(sentences.key_twice(name), key_token)
                self.expect_sign(":", "after the key of the context")
                values.append(self.expression())
                names.append(name)
                scope.add(name)
                self.keys.add(name)
                if not self.take_sign(","):
                    break
        self.expect_sign("}", "or ',' after an entry of the context")
        return ContextNode(start, self.last_end, tuple(names), tuple(values))

    def _key(self) -> str:
        if self.token.kind == STRING:
            return string_value(self.advance().text)
        purpose = "(or a text in double quotes) as key of the context"
        return self.declared_name((":",), purpose, keywords_too=True)

    def _function(self) -> Node:
        start = self.advance().start
        self.expect_sign("(", "after 'function'")
        names: list[str] = []
        types: list[TypeNode | None] = []
        while not self.at_sign(")"):
            names.append(self.declared_name((":", ",", ")"), "of a parameter"))
            types.append(self.type_expression() if self.take_sign(":") else None)
            if not self.take_sign(","):
                break
        self.expect_sign(")", "or ',' after a parameter")
        if self.at_word("external"):
            raise FeelSyntaxError(sentences.EXTERNAL, self.text, self.token.start)
        with self.nested(), self.scope(names):
            body = self.expression()
        return FunctionNode(start, self.last_end, tuple(names), tuple(types), body)
