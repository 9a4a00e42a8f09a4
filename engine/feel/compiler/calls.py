"""Calls by position and by name, and functions written in FEEL."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.feel.builtins.registry import BUILTINS
from engine.feel.compiler.core import Compiler, Evaluate, compiles
from engine.feel.compiler.names import MISSING, finder, function_named, warn_unknown_function
from engine.feel.compiler.typing import lazy_type
from engine.feel.errors import FeelAssertionError, NoValue
from engine.feel.evaluation import DEFAULT, Evaluation, Scope
from engine.feel.syntax.nodes import Call, FunctionNode, Literal, Name, NamedCall, Node
from engine.feel.types import FeelType
from engine.feel.values.functions import FeelFunction, Parameter
from engine.feel.values.kinds import type_of

_Callee = Callable[[Scope], FeelFunction | None]


def _callee(compiler: Compiler, node: Node) -> _Callee:
    if isinstance(node, Name):
        return _named_callee(compiler, node)
    evaluate = compiler.compile(node)

    def callee(scope: Scope) -> FeelFunction | None:
        value = evaluate(scope)
        if isinstance(value, FeelFunction):
            return value
        scope.run.warn(node.start, "call", f"a {type_of(value)} cannot be called")
        return None

    return callee


def _named_callee(compiler: Compiler, node: Name) -> _Callee:
    name, position = node.name, node.start
    if not compiler.is_bound(name) and name not in BUILTINS:
        compiler.names_used.add(name)
    find = finder(compiler, name)

    def callee(scope: Scope) -> FeelFunction | None:
        value = find(scope)
        if isinstance(value, FeelFunction):
            return value
        # A variable that happens to be called like a function does not hide it.
        function = function_named(scope, name)
        if function is None:
            if value is MISSING:
                warn_unknown_function(scope, name, position)
            else:
                scope.run.warn(position, "call", f"{name!r} is a {type_of(value)}, no function")
        return function

    return callee


@compiles(Call)
def compile_call(compiler: Compiler, node: Call) -> Evaluate:
    """``f(a, b)``."""
    callee = _callee(compiler, node.function)
    folded, constant = _constant(compiler, node)
    arguments = [compiler.compile(argument) for argument in node.arguments]
    position = node.start

    def call(scope: Scope) -> object:
        function = callee(scope)
        if function is None:
            return None
        if function is folded:
            return constant
        try:
            return function.call(scope.run, [argument(scope) for argument in arguments])
        except NoValue as nothing:
            scope.run.warn(position, nothing.code, nothing.reason)
            return None

    return _asserting(call, node, node.arguments[2:3])


def _asserting(call: Evaluate, node: Call | NamedCall, cause: Sequence[Node]) -> Evaluate:
    """``assert`` tells its cause where that is a plain text of the expression."""
    is_assert = isinstance(node.function, Name) and node.function.name == "assert"
    written = [each.value for each in cause if isinstance(each, Literal)]
    if not is_assert or not written or not isinstance(written[0], str):
        return call
    sentence = f"An assertion does not hold: {written[0]}"

    def told(scope: Scope) -> object:
        try:
            return call(scope)
        except FeelAssertionError as failed:
            if str(failed) != FeelAssertionError.UNTOLD:
                raise
            raise FeelAssertionError(sentence) from None

    return told


_CALL_STEPS = 5
_FOLDED = frozenset({"date", "time", "date and time", "duration"})


def _constant(compiler: Compiler, node: Call) -> tuple[FeelFunction | None, object]:
    """``date("2026-01-31")`` and its like, worked out once."""
    name, arguments = node.function, node.arguments
    if not isinstance(name, Name) or name.name not in _FOLDED or compiler.is_bound(name.name):
        return None, None
    values = [argument.value for argument in arguments if isinstance(argument, Literal)]
    if len(values) != len(arguments):
        return None, None
    function = BUILTINS[name.name]
    try:
        return function, function.call(Evaluation(DEFAULT), values)
    except NoValue:
        return None, None


@compiles(NamedCall)
def compile_named_call(compiler: Compiler, node: NamedCall) -> Evaluate:
    """``f(name: a)``."""
    callee = _callee(compiler, node.function)
    arguments = [
        (name, compiler.compile(value))
        for name, value in zip(node.names, node.arguments, strict=True)
    ]
    position = node.start

    def call(scope: Scope) -> object:
        function = callee(scope)
        if function is None:
            return None
        try:
            return function.call_named(scope.run, {n: value(scope) for n, value in arguments})
        except NoValue as nothing:
            scope.run.warn(position, nothing.code, nothing.reason)
            return None

    named = zip(node.names, node.arguments, strict=True)
    return _asserting(call, node, [value for name, value in named if name == "cause"])


class Closure(FeelFunction):
    """A function written in FEEL, with the scope it was written in."""

    __slots__ = ("_body", "_names", "_scope", "_typed_parameters")

    def __init__(self, parameters: tuple[Parameter, ...], body: Evaluate, scope: Scope) -> None:
        super().__init__("the function", parameters)
        self._names = [parameter.name for parameter in parameters]
        self._typed_parameters = any(parameter.type is not None for parameter in parameters)
        self._body = body
        self._scope = scope

    def call(self, evaluation: Evaluation, arguments: list[object]) -> object:
        if self._typed_parameters or len(arguments) != len(self._names):
            arguments = self._typed(evaluation, arguments)
        evaluation.spend(_CALL_STEPS)
        evaluation.enter()
        try:
            variables = dict(zip(self._names, arguments, strict=True))
            return self._body(Scope(variables, self._scope, evaluation))
        finally:
            evaluation.leave()


@compiles(FunctionNode)
def compile_function(compiler: Compiler, node: FunctionNode) -> Evaluate:
    """``function(a) body`` closes over its scope."""
    with compiler.frame(set(node.parameters)):
        body = compiler.compile(node.body)
    types = [None if kind is None else lazy_type(kind) for kind in node.types]

    def make(scope: Scope) -> object:
        found: list[FeelType | None] = [None if t is None else t(scope.run) for t in types]
        parameters = tuple(map(Parameter, node.parameters, found))
        return Closure(parameters, body, scope)

    return make
