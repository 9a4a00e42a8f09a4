"""Compiles function definitions and invocations.

Functions of kind Java or PMML are refused: calling one is null, with a
warning, because nothing outside FEEL is ever evaluated out of a model.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.dmn.run import Node, Run, Scope
from engine.dmn.syntax import FunctionDefinition, Invocation
from engine.feel import Evaluation, FeelFunction, HostFunction, NoValue, Parameter
from engine.feel.types import ANY, FeelType

if TYPE_CHECKING:
    from engine.dmn.compile.compiler import Compiler


def compile_function(
    compiler: Compiler, definition: FunctionDefinition, names: frozenset[str], name: str = ""
) -> Node:
    """A node that yields the function value, closed over the scope it is evaluated in."""
    parameters = [
        Parameter(variable.name, compiler.types.resolve(variable.type_ref, variable.where))
        for variable in definition.parameters
    ]
    body = function_body(compiler, definition, names)

    def evaluate(scope: Scope, run: Run) -> object:
        return callable_node(name or "function", parameters, body, scope, run)

    return evaluate


def function_body(
    compiler: Compiler, definition: FunctionDefinition, names: frozenset[str]
) -> Node:
    """The node of a function's body; it expects the parameters in its scope."""
    where = definition.where
    if definition.kind != "FEEL":

        def refuse(_scope: Scope, run: Run) -> object:
            run.note(where, "external", f"{definition.kind} functions are not run; write FEEL")
            return None

        return refuse
    if definition.body is None:
        compiler.faults.add(where, "no-expression", "a function needs a body")
        return lambda _scope, _run: None
    inner = names | {variable.name for variable in definition.parameters}
    return compiler.node(definition.body, inner)


def callable_node(
    name: str,
    parameters: Sequence[Parameter],
    body: Node,
    scope: Scope,
    run: Run,
    result: FeelType = ANY,
) -> FeelFunction:
    """A FEEL function whose body is a node."""
    names = [parameter.name for parameter in parameters]

    def call(_evaluation: Evaluation, *values: object) -> object:
        return body({**scope, **dict(zip(names, values, strict=True))}, run)

    return HostFunction(name, parameters, call, result_type=result, wants_evaluation=True)


def compile_invocation(compiler: Compiler, invocation: Invocation, names: frozenset[str]) -> Node:
    """A call by named arguments; a binding without a value passes null."""
    callee = compiler.node(invocation.callee, names)
    where = invocation.where
    bindings: list[tuple[str, Node | None]] = []
    for binding in invocation.bindings:
        node = None
        if binding.value is not None:
            node = compiler.typed(
                compiler.node(binding.value, names),
                binding.parameter.type_ref,
                binding.parameter.where,
                f"argument '{binding.parameter.name}'",
            )
        bindings.append((binding.parameter.name, node))

    def evaluate(scope: Scope, run: Run) -> object:
        function = callee(scope, run)
        arguments = {name: node(scope, run) if node else None for name, node in bindings}
        if not isinstance(function, FeelFunction):
            run.note(where, "call", "what is invoked is no function")
            return None
        try:
            return function.call_named(run.feel, arguments)
        except NoValue as reason:
            run.note(where, reason.code, reason.reason)
            return None

    return evaluate
