"""The whole grammar: statements, operators by precedence, unary tests.

Chains of one operator become one node, so that a long sum is a flat tree.
"""

from __future__ import annotations

from engine.feel.syntax.names import NameSet
from engine.feel.syntax.nodes import (
    Arithmetic,
    Between,
    Comparison,
    For,
    If,
    In,
    InstanceOf,
    Iteration,
    Junction,
    Negation,
    Node,
    Quantified,
    Test,
)
from engine.feel.syntax.primary import COMPARISON_SIGNS, PrimaryParser
from engine.feel.syntax.tokens import NAME, SIGN

_PRECEDENCE = {
    "or": 1,
    "and": 2,
    **dict.fromkeys((*COMPARISON_SIGNS, "between", "in"), 3),
    "+": 4,
    "-": 4,
    "*": 5,
    "/": 5,
    "**": 6,
}
_SUM = 4
_ENDS_OF_VARIABLE = ("in", "return", "satisfies")


class Parser(PrimaryParser):
    """Reads whole expressions and unary tests."""

    def expression(self) -> Node:
        with self.nested():
            return self._operation(1)

    def _operation(self, minimum: int, in_range: bool = False) -> Node:
        return self._continued(self._signed(in_range), minimum, in_range)

    def range_high(self) -> Node:
        return self._operation(_SUM, in_range=True)

    def _continued(self, left: Node, minimum: int, in_range: bool = False) -> Node:
        while True:
            operator = self._operator()
            level = _PRECEDENCE.get(operator, 0)
            if level < minimum or level == 0:
                return left
            if level <= 2:
                left = self._junction(left, operator, level)
            elif level == 3:
                left = self._comparison(left, operator)
            else:
                left = self._chain(left, level, in_range)

    def _operator(self) -> str:
        token = self.token
        return token.text if token.kind in (SIGN, NAME) else ""

    def _junction(self, left: Node, operator: str, level: int) -> Node:
        operands = [left]
        while self._operator() == operator:
            self.advance()
            operands.append(self._operation(level + 1))
        return Junction(left.start, self.last_end, operator, tuple(operands))

    def _chain(self, left: Node, level: int, in_range: bool) -> Node:
        operators: list[str] = []
        operands = [left]
        while _PRECEDENCE.get(self._operator()) == level:
            operators.append(self.advance().text)
            operands.append(self._operation(level + 1, in_range))
        return Arithmetic(left.start, self.last_end, tuple(operators), tuple(operands))

    def _comparison(self, left: Node, operator: str) -> Node:
        self.advance()
        if operator == "between":
            low = self._operation(_SUM)
            self.expect_word("and", "and the upper end after 'between'")
            high = self._operation(_SUM)
            return Between(left.start, self.last_end, left, low, high)
        if operator == "in":
            tests = self._tests_of_in()
            return In(left.start, self.last_end, left, tests)
        right = self._operation(_SUM)
        return Comparison(left.start, self.last_end, operator, left, right)

    def _tests_of_in(self) -> tuple[Node, ...]:
        if not self.at_sign("("):
            return (self._sum_test(),)
        opening = self.advance()
        tests: list[Node] = []
        with self.nested():
            while True:
                tests.append(self.test())
                if not self.take_sign(","):
                    break
        if len(tests) == 1 and self.at_sign(".."):
            node = self._range_end(opening.start, tests[0], False)
            return (self._continued(self.followed(node), _SUM),)
        self.expect_sign(")", "or ',' after a test of 'in'")
        if len(tests) > 1 or isinstance(tests[0], Test):
            return tuple(tests)
        return (self._continued(self.followed(tests[0]), _SUM),)

    def _sum_test(self) -> Node:
        if self.at_sign(*COMPARISON_SIGNS):
            token = self.advance()
            return Test(token.start, self.last_end, token.text, self._operation(_SUM))
        return self._operation(_SUM)

    def _signed(self, in_range: bool) -> Node:
        signs = []
        while self.at_sign("-"):
            signs.append(self.advance().start)
        node = self.operand(in_range)
        for start in reversed(signs[-2:] if len(signs) > 1 and len(signs) % 2 == 0 else signs[-1:]):
            node = Negation(start, node.end, node)
        while self.at_word("instance") and self.tokens[self.index + 1].text == "of":
            self.index += 2
            kind = self.type_expression()
            node = InstanceOf(node.start, self.last_end, node, kind)
        return node

    def test(self) -> Node:
        if self.at_sign(*COMPARISON_SIGNS):
            token = self.advance()
            operand = self.expression()
            return Test(token.start, operand.end, token.text, operand)
        return self.expression()

    def statement(self) -> Node | None:
        token = self.token
        if token.kind != NAME:
            return None
        if token.text == "if":
            return self._if()
        if token.text == "for":
            return self._for()
        if token.text in ("some", "every"):
            return self._quantified()
        return None

    def _if(self) -> Node:
        start = self.token.start
        conditions: list[Node] = []
        results: list[Node] = []
        while self.take_word("if"):
            conditions.append(self.expression())
            self.expect_word("then", "after the condition of 'if'")
            results.append(self.expression())
            self.expect_word("else", "after the value of 'then' (FEEL always needs an else)")
        otherwise = self.expression()
        return If(start, self.last_end, tuple(conditions), tuple(results), otherwise)

    def _iterations(self, scope: NameSet) -> tuple[Iteration, ...]:
        iterations: list[Iteration] = []
        while True:
            start = self.token.start
            name = self.declared_name(_ENDS_OF_VARIABLE, "of a variable, then 'in' and a list")
            self.expect_word("in", "after the variable")
            domain = self.expression()
            last = self.expression() if self.take_sign("..") else None
            iterations.append(Iteration(start, self.last_end, name, domain, last))
            scope.add(name)
            if not self.take_sign(","):
                return tuple(iterations)

    def _for(self) -> Node:
        start = self.advance().start
        with self.scope(("partial",)) as scope:
            iterations = self._iterations(scope)
            self.expect_word("return", "after the lists of 'for'")
            body = self.expression()
        return For(start, self.last_end, iterations, body)

    def _quantified(self) -> Node:
        token = self.advance()
        with self.scope() as scope:
            iterations = self._iterations(scope)
            self.expect_word("satisfies", "after the lists of 'some' or 'every'")
            condition = self.expression()
        return Quantified(token.start, self.last_end, token.text == "every", iterations, condition)
