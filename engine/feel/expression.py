"""Compiled expressions and unary tests, and the cache that keeps them.

The same text with the same names in scope is parsed and compiled once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from engine.feel.adopt import NATIVE, from_json, normalized
from engine.feel.compiler import all_nodes as _all_nodes
from engine.feel.compiler.core import Compiler, Evaluate
from engine.feel.errors import FeelLimitError, FeelWarning
from engine.feel.evaluation import DEFAULT, Environment, Evaluation, Scope
from engine.feel.explain import Step, Steps
from engine.feel.syntax.nodes import Node
from engine.feel.syntax.whole import parse_expression, parse_unary_tests
from engine.feel.values.functions import FeelFunction

_all_nodes.load()
CACHE_SIZE = 4096
_TOO_DEEP = "The expression needs too many levels of calls; is there an end to the recursion?"


class Compiled:
    """A text that is compiled; ``names_used`` are the names it takes from its context."""

    __slots__ = ("_evaluate", "names_used", "node", "text")

    def __init__(self, text: str, parse: Callable[[], Node]) -> None:
        self.text = text
        try:
            self.node = parse()
            compiler = Compiler()
            self._evaluate: Evaluate = compiler.compile(self.node)
        except RecursionError:
            raise FeelLimitError(_TOO_DEEP) from None
        self.names_used = frozenset(compiler.names_used)

    def _run(self, scope: Scope) -> object:
        try:
            return self._evaluate(scope)
        except RecursionError:
            raise FeelLimitError(_TOO_DEEP) from None


class Expression(Compiled):
    """A FEEL expression, ready to be evaluated any number of times, from any thread."""

    __slots__ = ()

    def evaluate(self, context: Mapping[str, object], env: Environment = DEFAULT) -> object:
        """The value, null where FEEL says so; raises ``FeelLimitError`` only."""
        return self._run(Scope(context, None, Evaluation(env)))

    def evaluate_within(self, evaluation: Evaluation, context: Mapping[str, object]) -> object:
        """The value, paid for by a running evaluation (for functions lent by a host)."""
        return self._run(Scope(context, None, evaluation))

    def evaluate_with_warnings(
        self, context: Mapping[str, object], env: Environment = DEFAULT
    ) -> tuple[object, tuple[FeelWarning, ...]]:
        """The value, and what became null on the way and why."""
        warnings: list[FeelWarning] = []
        value = self._run(Scope(context, None, Evaluation(env, warnings)))
        return value, tuple(dict.fromkeys(warnings))

    def explain(
        self, context: Mapping[str, object], env: Environment = DEFAULT
    ) -> tuple[Step, ...]:
        """Each part of the text with the value it had, innermost first."""
        steps = Steps(self.text)
        evaluate = Compiler(steps.trace).compile(self.node)
        try:
            evaluate(Scope(context, None, Evaluation(env)))
        except RecursionError:
            raise FeelLimitError(_TOO_DEEP) from None
        return steps.result()


class UnaryTests(Compiled):
    """The tests of a decision table cell."""

    __slots__ = ()

    def test(
        self, value: object, context: Mapping[str, object], env: Environment = DEFAULT
    ) -> bool | None:
        """Whether the value passes; null when it cannot be compared."""
        return self.test_within(Evaluation(env), value, context)

    def test_with_warnings(
        self, value: object, context: Mapping[str, object], env: Environment = DEFAULT
    ) -> tuple[bool | None, tuple[FeelWarning, ...]]:
        """The verdict, and why something in the cell was null."""
        warnings: list[FeelWarning] = []
        verdict = self.test_within(Evaluation(env, warnings), value, context)
        return verdict, tuple(dict.fromkeys(warnings))

    def test_within(
        self, evaluation: Evaluation, value: object, context: Mapping[str, object]
    ) -> bool | None:
        """The verdict, paid for by a running evaluation."""
        if type(value) not in NATIVE and not isinstance(value, FeelFunction):
            value = from_json(value)
        outer = Scope(context, None, evaluation)
        verdict = self._run(Scope({"?": value}, outer, evaluation))
        return verdict if isinstance(verdict, bool) else None


@lru_cache(maxsize=CACHE_SIZE)
def _expression(text: str, names: frozenset[str], members: frozenset[str]) -> Expression:
    text = normalized(text)
    return Expression(text, lambda: parse_expression(text, names, members))


@lru_cache(maxsize=CACHE_SIZE)
def _unary_tests(text: str, names: frozenset[str], members: frozenset[str]) -> UnaryTests:
    text = normalized(text)
    return UnaryTests(text, lambda: parse_unary_tests(text, names, members))


def _scope_names(names: Iterable[str]) -> frozenset[str]:
    return frozenset(map(normalized, names))


def compile_expression(
    text: str, names: Iterable[str] = (), *, members: Iterable[str] = ()
) -> Expression:
    """Compile an expression; raises ``FeelSyntaxError``.

    ``names`` are the names in scope, needed where one has symbols or words of
    the language in it (``gross-income``, ``date in question``); ``members`` are
    such names of entries behind a dot.
    """
    return _expression(text, _scope_names(names), _scope_names(members))


def compile_unary_tests(
    text: str, names: Iterable[str] = (), *, members: Iterable[str] = ()
) -> UnaryTests:
    """Compile the text of a decision table cell, ``> 5, [1..3]`` or ``-``."""
    return _unary_tests(text, _scope_names(names), _scope_names(members))
