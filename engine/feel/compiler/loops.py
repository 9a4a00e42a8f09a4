"""``for``, ``some``, ``every``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack

from engine.feel.compiler.core import Compiler, Evaluate, compiles
from engine.feel.errors import NoValue
from engine.feel.evaluation import Scope
from engine.feel.iteration import items_between, items_of
from engine.feel.syntax.nodes import For, Iteration, Name, Node, Quantified, children

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


def _walk(scope: Scope, loops: Sequence[tuple[str, _Domain]], level: int, visit: _Visit) -> bool:
    """Visit every combination, the last variable fastest; stops when a visit says so."""
    name, domain = loops[level]
    run = scope.run
    innermost = level == len(loops) - 1
    for item in domain(scope):
        run.spend(1)
        inner = Scope({name: item}, scope, run)
        if visit(inner) if innermost else _walk(inner, loops, level + 1, visit):
            return True
    return False


def _uses(node: Node, name: str) -> bool:
    stack = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, Name) and current.name == name:
            return True
        stack.extend(children(current))
    return False


@compiles(For)
def compile_for(compiler: Compiler, node: For) -> Evaluate:
    """The list of the body's values; ``partial`` holds those computed so far."""
    with compiler.frame({"partial"}):
        loops, body = _compile_loops(compiler, node.iterations, node.body)
    wants_partial = _uses(node.body, "partial")
    position = node.start

    def loop(scope: Scope) -> object:
        run = scope.run
        results: list[object] = []
        variables: dict[str, object] = {"partial": []}

        def visit(inner: Scope) -> bool:
            if wants_partial:
                # A copy, because the body may keep it.
                variables["partial"] = results.copy()
                run.spend(len(results) // 100)
            results.append(body(inner))
            return False

        try:
            _walk(Scope(variables, scope, run), loops, 0, visit)
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
            if _walk(scope, loops, 0, visit):
                return decisive
        except NoValue as nothing:
            scope.run.warn(position, nothing.code, nothing.reason)
            return None
        if result is None:
            scope.run.warn(position, "operands", "a condition of 'satisfies' is no boolean")
        return result

    return quantified
