"""``in`` and the unary tests of decision table cells.

A test that speaks of ``?`` must be true by itself; any other is compared with
the value: equal, in the list, or in the range.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from engine.feel.compiler.core import Compiler, Evaluate, compiles
from engine.feel.evaluation import Scope
from engine.feel.operators.equality import feel_equal
from engine.feel.operators.membership import is_in
from engine.feel.operators.ordering import compare
from engine.feel.syntax.nodes import In, Node, Test, Tests, mentions
from engine.feel.values.ranges import comparison_range

_OneTest = Callable[[Scope, object], bool | None]


@compiles(Test)
def compile_comparison_literal(compiler: Compiler, node: Test) -> Evaluate:
    """``(< 10)`` as a value is a range."""
    operator, operand = node.operator, compiler.compile(node.operand)
    return lambda scope: comparison_range(operator, operand(scope))


def _one_test(compiler: Compiler, node: Node) -> _OneTest:
    if isinstance(node, Test):
        return _comparison_test(compiler, node)
    evaluate = compiler.compile(node)
    if mentions(node, "?"):
        return lambda scope, _value: _boolean(evaluate(scope))

    def test(scope: Scope, value: object) -> bool | None:
        wanted = evaluate(scope)
        if type(wanted) is bool and type(value) is not bool and value is not None:
            return wanted
        return is_in(value, wanted, scope.run.spend)

    return test


def _comparison_test(compiler: Compiler, node: Test) -> _OneTest:
    operator, operand = node.operator, compiler.compile(node.operand)
    if operator not in ("=", "!="):
        return lambda scope, value: compare(operator, value, operand(scope))

    def equality(scope: Scope, value: object) -> bool | None:
        equal = feel_equal(value, operand(scope), scope.run.spend)
        return equal if equal is None or operator == "=" else not equal

    return equality


def _boolean(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def any_true(verdicts: Iterable[bool | None]) -> bool | None:
    """``or`` over the tests of a cell."""
    result: bool | None = False
    for verdict in verdicts:
        if verdict:
            return True
        if verdict is None:
            result = None
    return result


@compiles(In)
def compile_in(compiler: Compiler, node: In) -> Evaluate:
    """``value in (tests)``."""
    value = compiler.compile(node.value)
    with compiler.frame({"?"}):
        tests = [_one_test(compiler, test) for test in node.tests]
    position = node.start

    def contained(scope: Scope) -> object:
        tested = value(scope)
        inner = Scope({"?": tested}, scope, scope.run)
        result = any_true(test(inner, tested) for test in tests)
        if result is None:
            scope.run.warn(position, "operands", "the value cannot be compared with the test")
        return result

    return contained


@compiles(Tests)
def compile_tests(compiler: Compiler, node: Tests) -> Evaluate:
    """All tests of a cell on the value that the scope holds as ``?``."""
    with compiler.frame({"?"}):
        tests = [_one_test(compiler, test) for test in node.tests]
    negated = node.negated
    if len(tests) == 1 and not negated:
        only = tests[0]
        return lambda scope: only(scope, scope.vars["?"])

    def check(scope: Scope) -> object:
        if not tests:
            return True
        value = scope.vars["?"]
        result = any_true(test(scope, value) for test in tests)
        return (not result) if negated and result is not None else result

    return check
