"""Lists, contexts and ranges written out."""

from __future__ import annotations

from engine.feel.compiler.core import Compiler, Evaluate, compiles
from engine.feel.evaluation import Scope
from engine.feel.operators.ordering import sign_of
from engine.feel.syntax.nodes import ContextNode, ListNode, Literal, RangeNode
from engine.feel.values.kinds import type_of
from engine.feel.values.ranges import Range


@compiles(ListNode)
def compile_list(compiler: Compiler, node: ListNode) -> Evaluate:
    """``[a, b]``."""
    items = [compiler.compile(item) for item in node.items]
    return lambda scope: [item(scope) for item in items]


@compiles(ContextNode)
def compile_context(compiler: Compiler, node: ContextNode) -> Evaluate:
    """``{a: 1, b: a}``: an entry sees the entries before it, a function inside sees all."""
    entries: list[tuple[str, Evaluate]] = []
    with compiler.frame(set(), is_open=True):
        for name, value in zip(node.names, node.values, strict=True):
            entries.append((name, compiler.compile(value)))

    def context(scope: Scope) -> object:
        values: dict[str, object] = {}
        inner = Scope(values, scope, scope.run)
        for name, value in entries:
            values[name] = value(inner)
        return values

    return context


@compiles(RangeNode)
def compile_range(compiler: Compiler, node: RangeNode) -> Evaluate:
    """``[low..high]``; null when the ends have no order or stand the wrong way round."""
    low, high = compiler.compile(node.low), compiler.compile(node.high)
    low_closed, high_closed = node.low_closed, node.high_closed

    def make(scope: Scope) -> object:
        start, end = low(scope), high(scope)
        if start is not None and end is not None:
            order = sign_of(start, end)
            if order is None or type(start) is not type(end):
                kinds = f"{type_of(start)} and {type_of(end)}"
                scope.run.warn(node.start, "range", f"a range from {kinds} has no order")
                return None
            if order > 0:
                scope.run.warn(node.start, "range", "the range starts behind its end")
                return None
        return Range(start, end, low_closed, high_closed)

    if isinstance(node.low, Literal) and isinstance(node.high, Literal):
        start, end = node.low.value, node.high.value
        if type(start) is type(end) and (sign_of(start, end) or 0) < 0:
            # The cells of decision tables are full of ranges that never change.
            constant = Range(start, end, low_closed, high_closed)
            return lambda _scope: constant
    return make
