"""``for``, ``some``, ``every``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack

from engine.feel.compiler.core import Compiler, Evaluate, compiles
from engine.feel.errors import NoValue
from engine.feel.evaluation import Scope
from engine.feel.iteration import items_between, items_of
from engine.feel.syntax.nodes import For, Iteration, Node, Quantified, makes_functions, mentions

_Domain = Callable[[Scope], Iterable[object]]
_Visit = Callable[[Scope], bool]


def _domain(compiler: Compiler, iteration: Iteration) -> _Domain:
    first = compiler.compile(iteration.domain)
    if iteration.last is None:
        return lambda scope: items_of(first(scope), scope.run)
    last = compiler.compile(iteration.last)
    return lambda scope: items_between(first(scope), last(scope), scope.run)


def _compile_loops(
    compiler: Compiler, iterations: Sequence[Iteration], body: Node
) -> tuple[list[tuple[str, _Domain]], Evaluate]:
    """Each variable is visible in the domains behind it and in the body."""
    loops: list[tuple[str, _Domain]] = []
    with ExitStack() as stack:
        for iteration in iterations:
            loops.append((iteration.name, _domain(compiler, iteration)))
            stack.enter_context(compiler.frame({iteration.name}))
        return loops, compiler.compile(body)


class _Walk:
    """Goes through every combination, the last variable fastest."""

    __slots__ = ("_fresh", "_loops")

    def __init__(self, loops: Sequence[tuple[str, _Domain]], fresh: bool) -> None:
        self._loops = loops
        # A function made in the body keeps its scope, so each round needs one of its own.
        self._fresh = fresh

    def run(self, scope: Scope, visit: _Visit, level: int = 0) -> bool:
        """Visit until a visit says stop; answers whether one did."""
        name, domain = self._loops[level]
        run = scope.run
        innermost = level == len(self._loops) - 1
        inner = Scope({}, scope, run)
        for item in domain(scope):
            run.steps_left -= 1
            if run.steps_left < 0:
                run.spend(0)
            if self._fresh:
                inner = Scope({}, scope, run)
            inner.vars = {name: item}
            if visit(inner) if innermost else self.run(inner, visit, level + 1):
                return True
        return False


@compiles(For)
def compile_for(compiler: Compiler, node: For) -> Evaluate:
    """The list of the body's values; ``partial`` holds those computed so far."""
    with compiler.frame({"partial"}):
        loops, body = _compile_loops(compiler, node.iterations, node.body)
    walk = _Walk(loops, makes_functions(node))
    wants_partial = mentions(node.body, "partial")
    position = node.start

    def loop(scope: Scope) -> object:
        run = scope.run
        results: list[object] = []
        variables: dict[str, object] = {"partial": []}

        def visit(inner: Scope) -> bool:
            if wants_partial:
                # A copy, because the body may keep it.
                variables["partial"] = results.copy()
                run.spend(len(results) // 8)
            results.append(body(inner))
            return False

        try:
            walk.run(Scope(variables, scope, run), visit)
        except NoValue as nothing:
            run.warn(position, nothing.code, nothing.reason)
            return None
        run.sized(len(results))
        return results

    return loop


@compiles(Quantified)
def compile_quantified(compiler: Compiler, node: Quantified) -> Evaluate:
    """``some`` is an ``or`` over all combinations, ``every`` an ``and``."""
    loops, condition = _compile_loops(compiler, node.iterations, node.condition)
    walk = _Walk(loops, makes_functions(node))
    decisive = not node.every
    position = node.start

    def quantified(scope: Scope) -> object:
        result: bool | None = not decisive

        def visit(inner: Scope) -> bool:
            nonlocal result
            value = condition(inner)
            if type(value) is not bool:
                result = None
            return value is decisive

        try:
            if walk.run(scope, visit):
                return decisive
        except NoValue as nothing:
            scope.run.warn(position, nothing.code, nothing.reason)
            return None
        if result is None:
            scope.run.warn(position, "operands", "a condition of 'satisfies' is no boolean")
        return result

    return quantified
