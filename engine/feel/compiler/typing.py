"""Type expressions, ``instance of``."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.feel.compiler.core import Compiler, Evaluate, compiles
from engine.feel.errors import FeelError
from engine.feel.evaluation import Evaluation, Scope
from engine.feel.syntax.nodes import InstanceOf, TypeNode
from engine.feel.types import (
    ANY,
    SIMPLE_TYPES,
    AnyFunctionType,
    ContextType,
    FeelType,
    FunctionType,
    ListType,
    RangeType,
    is_instance,
)


def build_type(node: TypeNode, named: Mapping[str, FeelType]) -> FeelType:
    """The type an expression means; raises ``FeelError`` for a name nobody declared."""
    parts = tuple(build_type(part, named) for part in node.parts)
    if node.head == "function":
        if node.result is None:
            return AnyFunctionType()
        return FunctionType(parts, build_type(node.result, named))
    if node.head == "context" and (node.names or node.end - node.start > len("context")):
        return ContextType(dict(zip(node.names, parts, strict=True)))
    if parts:
        return ListType(parts[0]) if node.head == "list" else RangeType(parts[0])
    found = named.get(node.head) or SIMPLE_TYPES.get(node.head)
    if found is None:
        raise FeelError(f"There is no type {node.head!r}.")
    return found


def lazy_type(node: TypeNode) -> Callable[[Evaluation], FeelType]:
    """The type, built now if it needs nothing from the environment; unknown names are Any."""
    try:
        fixed = build_type(node, {})
    except FeelError:
        return lambda run: _known_or_any(node, run)
    return lambda _run: fixed


def _known_or_any(node: TypeNode, run: Evaluation) -> FeelType:
    try:
        return build_type(node, run.env.types)
    except FeelError as error:
        run.warn(node.start, "unknown-type", str(error))
        return ANY


def _checked(scope: Scope, value: object, wanted: FeelType) -> bool:
    wanted.pay(value, scope.run.spend)
    return is_instance(value, wanted)


@compiles(InstanceOf)
def compile_instance_of(compiler: Compiler, node: InstanceOf) -> Evaluate:
    """``value instance of type``; null when the type does not exist."""
    value, kind = compiler.compile(node.value), node.type
    try:
        fixed = build_type(kind, {})
    except FeelError:
        pass
    else:
        return lambda scope: _checked(scope, value(scope), fixed)

    def instance_of(scope: Scope) -> object:
        tested = value(scope)
        env = scope.run.env
        named = env.types if env.instance_types is None else env.instance_types
        try:
            return _checked(scope, tested, build_type(kind, named))
        except FeelError as error:
            scope.run.warn(kind.start, "unknown-type", str(error))
            return None

    return instance_of
